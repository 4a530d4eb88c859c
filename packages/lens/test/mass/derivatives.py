"""Writes derivatives.json: deflections of every mass profile differentiated by every parameter, to some 14 digits.

Central differences in 45 digits of the deflections themselves: closed forms for isothermal (Kormann et al. 1994, with
a core Keeton 2001), power law (Tessore & Metcalf 2015, by mpmath's hypergeometric function), point mass, shear and
sheet, all as functions that are analytic beyond axis ratio 1 and core 0; integrals (Schramm 1990) for NFW halos.

    python3 derivatives.py > derivatives.json      (Debian: python3-mpmath; some minutes)
"""

import json
import random

from mpmath import acos, acosh, atan, atan2, atanh, conj, cos, exp, hyp2f1, hypot, log, mp, mpc, mpf, pi, quad, sin, sqrt

mp.dps = 45
relative_step = mpf(10) ** -10


def isothermal(p, q, x, y):
    s, b, f = p["coreRadius"], 2 * p["einsteinRadius"] * q / (1 + q), sqrt(mpc((1 - q) * (1 + q)))
    psi = sqrt(q * q * (s * s + x * x) + y * y)
    u, v = x / (psi + s), y / (psi + q * q * s)
    if f == 0:
        return b * u, b * v
    return (b / f * atan(f * u)).real, (b / f * atanh(f * v)).real


def power_law(p, q, x, y):
    t, w, b = p["slope"] - 1, mpc(q * x, y), p["einsteinRadius"]
    R = abs(w)
    z = -(1 - q) / (1 + q) * w / conj(w)
    alpha = (2 / (1 + q)) ** 2 * (b * q / R) ** t * w * hyp2f1(1, t / 2, 2 - t / 2, z)
    return alpha.real, alpha.imag


def nfw(p, q, x, y):
    k, r, e = p["kappaS"], p["scaleRadius"], (1 - q) * (1 + q)

    def kappa(u, d):
        z = sqrt(u * (x * x + y * y / d)) / r
        arc = acosh(1 / z) / sqrt(1 - z * z) if z < 1 else acos(1 / z) / sqrt(z * z - 1)
        return 2 * k * (1 - arc) / (z * z - 1)

    def both(u):
        d = 1 - e * u
        return kappa(u, d) / sqrt(d) * mpc(1, 1 / d)

    cuts = [mpf(c) for c in (-160, -120, -80, -50, -35, -25, -18, -14, -10, -8, -6, -4, -3, -2, -1)]
    total = quad(lambda lu: exp(lu) * both(exp(lu)), [*cuts, log(mpf(1) / 2)])
    if abs(e) < 0.01:
        total += quad(both, [mpf(1) / 2, 1])
    else:
        ends = (2 * log(q), log(1 - e / 2))
        pieces = 3 + int(ends[1] - ends[0])
        steps = [ends[0] + (ends[1] - ends[0]) * i / pieces for i in range(pieces + 1)]
        total += quad(lambda ld: exp(ld) / e * both((1 - exp(ld)) / e), steps)
    return q * x * total.real, q * y * total.imag


def point_mass(p, _q, x, y):
    size = p["einsteinRadius"] ** 2 / (x * x + y * y)
    return size * x, size * y


def shear(p, _q, x, y):
    return p["gamma1"] * x + p["gamma2"] * y, p["gamma2"] * x - p["gamma1"] * y


def sheet(p, _q, x, y):
    return p["kappa"] * x, p["kappa"] * y


laws = {
    "Isothermal": isothermal,
    "IsothermalSph": isothermal,
    "PowerLaw": power_law,
    "PowerLawSph": power_law,
    "NFW": nfw,
    "NFWSph": nfw,
    "PointMass": point_mass,
    "ExternalShear": shear,
    "MassSheet": sheet,
}


def ellipse_of(p):
    if "ellComps.0" in p:
        e = hypot(p["ellComps.0"], p["ellComps.1"])
        return (1 - e) / (1 + e), atan2(p["ellComps.0"], p["ellComps.1"]) / 2
    return p.get("axisRatio", mpf(1)), p.get("angle", mpf(0)) * pi / 180


def own_frame(p, at):
    q, turn = ellipse_of(p)
    dy, dx = mpf(at[0]) - p["centre.0"], mpf(at[1]) - p["centre.1"]
    return q, turn, dx * cos(turn) + dy * sin(turn), dy * cos(turn) - dx * sin(turn)


def deflection(kind, p, at):
    q, turn, x, y = own_frame(p, at)
    ax, ay = laws[kind](p, q, x, y)
    return ay * cos(turn) + ax * sin(turn), ax * cos(turn) - ay * sin(turn)


def scale_of(name, p, at):
    """Over what change of a parameter the deflection changes its shape, roughly."""
    q, _turn, x, y = own_frame(p, at)
    R, r = hypot(q * x, y), hypot(x, y)
    if name.startswith("centre") or (name == "coreRadius" and p[name] == 0):
        return R
    if name.startswith("ellComps"):
        e = (1 - q) / (1 + q)
        return min(e, q) * R / r
    if name == "angle":
        return R / r
    if name == "axisRatio":
        return q * R / r
    if name == "slope":
        return min(p[name] - 1, 3 - p[name])
    return abs(p[name]) if p[name] != 0 else mpf(1)


def derivative(kind, p, at, name):
    h = relative_step * scale_of(name, p, at)
    ahead, behind = (deflection(kind, {**p, name: p[name] + side * h}, at) for side in (1, -1))
    return [float((a - b) / (2 * h)) for a, b in zip(ahead, behind)]


def flat(profile):
    given = {"centre": [0.0, 0.0], **{k: v for k, v in profile.items() if k != "type"}}
    values = {}
    for name, value in given.items():
        values.update({f"{name}.{i}": mpf(v) for i, v in enumerate(value)} if isinstance(value, list) else {name: mpf(value)})
    return values


draw = random.Random(16)
uniform, power = draw.uniform, lambda a, b: 10 ** draw.uniform(a, b)


def ellipse(at):
    if at % 2 == 0:
        return {"axisRatio": draw.choice([uniform(0.2, 1), power(-4, 0), 1 - power(-12, -1)]), "angle": uniform(-180, 180)}
    e, turn = draw.choice([uniform(0, 0.6), power(-9, -1), 0.9998 - power(-6, -1)]), uniform(-pi, pi)
    return {"ellComps": [float(e * sin(turn)), float(e * cos(turn))]}


def own(kind):
    return {
        "Isothermal": lambda: {"einsteinRadius": power(-2, 1), "coreRadius": draw.choice([0.0, power(-8, 0), power(0, 5)])},
        "PowerLaw": lambda: {"einsteinRadius": power(-2, 1), "slope": draw.choice([uniform(1, 3), 2 + power(-12, -1), 1 + power(-4, -1), 3 - power(-4, -1)])},
        "NFW": lambda: {"kappaS": power(-3, 1), "scaleRadius": draw.choice([power(-6, 5), power(-1, 2)])},
        "PointMass": lambda: {"einsteinRadius": power(-3, 1)},
        "ExternalShear": lambda: {"gamma1": uniform(-0.3, 0.3), "gamma2": uniform(-0.3, 0.3)},
        "MassSheet": lambda: {"kappa": uniform(-1, 1)},
    }[kind.removesuffix("Sph")]()


def points_around(centre):
    for size in [uniform(0.2, 3), power(-8, -2), power(2, 4)]:
        turn = uniform(-pi, pi)
        yield [float(centre[0] + size * sin(turn)), float(centre[1] + size * cos(turn))]


fixed = {"centre": [0.1, -0.2]}
profiles = []
for kind, count in [("Isothermal", 14), ("PowerLaw", 14), ("NFW", 12), ("IsothermalSph", 5), ("PowerLawSph", 6), ("NFWSph", 6), ("PointMass", 2), ("ExternalShear", 1), ("MassSheet", 1)]:
    for at in range(count):
        round_one = kind not in ("Isothermal", "PowerLaw", "NFW")
        profiles.append({"type": kind, "centre": [uniform(-1, 1), uniform(-1, 1)], **own(kind), **({} if round_one else ellipse(at))})
# What chance leaves out: exactly round, exactly isothermal, no core, no mass, thin as can be, and nearly these.
for q in (1.0, 1 - 1e-15, 1e-4):
    profiles += [
        {"type": "Isothermal", **fixed, "einsteinRadius": 1.5, "coreRadius": 0.0, "axisRatio": q, "angle": 35.0},
        {"type": "Isothermal", **fixed, "einsteinRadius": 0.0, "coreRadius": 0.3, "axisRatio": q, "angle": 35.0},
        {"type": "PowerLaw", **fixed, "einsteinRadius": 1.5, "slope": 2.0, "axisRatio": q, "angle": 35.0},
        {"type": "PowerLaw", **fixed, "einsteinRadius": 1.5, "slope": 1.0001, "axisRatio": q, "angle": 35.0},
        {"type": "PowerLaw", **fixed, "einsteinRadius": 1.5, "slope": 2.9999, "axisRatio": q, "angle": 35.0},
        {"type": "NFW", **fixed, "kappaS": 0.25, "scaleRadius": 0.5, "axisRatio": q, "angle": 35.0},
        {"type": "NFW", **fixed, "kappaS": 0.0, "scaleRadius": 1e-6, "axisRatio": q, "angle": 35.0},
        {"type": "NFW", **fixed, "kappaS": 0.25, "scaleRadius": 1e5, "axisRatio": q, "angle": 35.0},
    ]
# Where the series of nearly round ones end.
profiles += [{"type": "Isothermal", **fixed, "einsteinRadius": 1.5, "coreRadius": s, "axisRatio": 0.9955, "angle": 35.0} for s in (0.0, 0.1)]

rows = []
for profile in profiles:
    values = flat(profile)
    points = list(points_around(profile["centre"]))
    # Every derivative along y and x at each point.
    derivatives = {name: [derivative(profile["type"], values, at, name) for at in points] for name in values}
    rows.append({"profile": profile, "points": points, "derivatives": derivatives})
print(json.dumps({"rows": rows}))
