"""Writes gnfw.json: deflections of generalised NFW halos and all their derivatives, from the definition alone.

The density in space is integrated along the line of sight by the trapezoidal rule in t, l = X sinh t, which converges
geometrically there, and over the elliptical shells (Schramm 1990) by tanh-sinh quadrature, both in 30 digits; derivatives are
central differences of that. Finer steps change the 20th digit at most.

    python3 gnfw.py > gnfw.json      (the standard library alone; some minutes)
"""

import json
import random
import sys
from decimal import Decimal as D
from decimal import getcontext

getcontext().prec = 30
one, two = D(1), D(2)
pi = D("3.141592653589793238462643383279502884197169399375105820974944592307816406286209")
relative_step = D(10) ** -8


def sincos(x):
    x %= two * pi
    small = x / 64
    term, s, c, n = one, D(0), one, 0
    while abs(term) > D(10) ** -40:
        n += 1
        term = term * small / n
        if n % 2 == 1:
            s += term if n % 4 == 1 else -term
        else:
            c += term if n % 4 == 0 else -term
    for _ in range(6):
        s, c = two * s * c, c * c - s * s
    return s, c


def atan2(y, x):
    import math

    angle = D(math.atan2(y, x))
    for _ in range(3):
        s, c = sincos(angle)
        angle += (y * c - x * s) / (x * c + y * s)
    return angle


def cosh(t):
    e = t.exp()
    return (e + one / e) / 2


class Quadrature:
    def __init__(self, line_step, shell_step):
        self.line_step = D(line_step)
        self.cosh = [cosh(self.line_step * k) for k in range(int(90 / float(self.line_step)))]
        h = D(shell_step)
        self.nodes = []
        for k in range(-int(6 / float(h)), int(6 / float(h)) + 1):
            t = h * k
            e = t.exp()
            g = (pi / 2 * (e - one / e) / 2).exp()
            # u = 1 / (1 + g^-2), its rest to 1, and du/dt h.
            u = one / (one + one / (g * g))
            rest = one / (one + g * g)
            weight = h * pi * (e + one / e) / 2 * u * rest
            # A cusp of slope 2.2 leaves u^0.4 of the weights.
            if weight > D(10) ** (-80 if k < 0 else -32):
                self.nodes.append((u, rest, weight))

    def kappa(self, X, gamma):
        """2 int_0^inf rho(X cosh t) X cosh t dt."""
        total = D(0)
        power = gamma - 3
        for k, c in enumerate(self.cosh):
            r = X * c
            term = ((one - gamma) * r.ln() + power * (one + r).ln()).exp()
            total += term if k > 0 else term / 2
            if term < total * D(10) ** -24:
                break
        return two * self.line_step * total

    def deflection(self, p, at):
        if "ellComps.0" in p:
            e = (p["ellComps.0"] ** 2 + p["ellComps.1"] ** 2).sqrt()
            q, turn = (one - e) / (one + e), atan2(p["ellComps.0"], p["ellComps.1"]) / 2
        else:
            q, turn = p["axisRatio"], p["angle"] * pi / 180
        s, c = sincos(turn)
        dy, dx = D(at[0]) - p["centre.0"], D(at[1]) - p["centre.1"]
        x, y = dx * c + dy * s, dy * c - dx * s
        sum_x, sum_y = D(0), D(0)
        for u, rest, weight in self.nodes:
            d = rest + q * q * u
            X = (u * (x * x + y * y / d)).sqrt() / p["scaleRadius"]
            value = weight * self.kappa(X, p["innerSlope"]) / d.sqrt()
            sum_x += value
            sum_y += value / d
        ax, ay = p["kappaS"] * q * x * sum_x, p["kappaS"] * q * y * sum_y
        return ay * c + ax * s, ax * c - ay * s


def flat(profile):
    values = {}
    for name, value in profile.items():
        if name == "type":
            continue
        values.update({f"{name}.{i}": D(v) for i, v in enumerate(value)} if isinstance(value, list) else {name: D(value)})
    return values


def derivative(rule, values, at, name):
    size = abs(values[name]) if not name.startswith(("centre", "ellComps")) else D("0.1")
    h = relative_step * max(size, D("0.01"))
    ahead, behind = (rule.deflection({**values, name: values[name] + side * h}, at) for side in (1, -1))
    return [float((a - b) / (2 * h)) for a, b in zip(ahead, behind)]


draw = random.Random(23)
uniform, power = draw.uniform, lambda a, b: 10 ** draw.uniform(a, b)
rule, finer = Quadrature("0.2", "0.08"), Quadrature("0.16", "0.0625")
rows, worst = [], 0.0
for at, slope in enumerate([0.0, 0.6, 1.4, 2.2]):
    shape = (
        {"axisRatio": uniform(0.3, 0.95), "angle": uniform(-180, 180)}
        if at % 2 == 0
        else {"ellComps": [uniform(-0.3, 0.3), uniform(-0.3, 0.3)]}
    )
    profile = {
        "type": "GNFW",
        "centre": [uniform(-1, 1), uniform(-1, 1)],
        "kappaS": power(-2, 0),
        "scaleRadius": power(-0.5, 1),
        "innerSlope": slope,
        **shape,
    }
    values = flat(profile)
    # Derivatives cost fourteen deflections, so that half of the profiles have them, at one point.
    differentiated = slope > 1
    points = [[c + size * uniform(-1, 1) for c in profile["centre"]] for size in ((1.5,) if differentiated else (1.5, 0.02))]
    deflections = [rule.deflection(values, each) for each in points]
    check = finer.deflection(values, points[0])
    worst = max(worst, *(abs(float((a - b) / max(abs(c) for c in check))) for a, b in zip(deflections[0], check)))
    row = {
        "profile": profile,
        "points": points,
        "deflections": [[float(a) for a in each] for each in deflections],
        "potentials": [None for _ in points],
    }
    if differentiated:
        row["derivatives"] = {name: [derivative(rule, values, each, name) for each in points] for name in values}
    rows.append(row)
    print(f"innerSlope {slope}: finer steps change {worst:.1e}", file=sys.stderr)
assert worst < 1e-18, worst
print(json.dumps({"rows": rows}))
