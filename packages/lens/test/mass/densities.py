"""Writes densities.json: deflections and potentials of every mass profile made of a radial density, and all derivatives.

The definition (Schramm 1990; Keeton 2001) integrated in 28 digits, in ln u and in ln(1 - (1-q^2) u) apart, and cut where
a slope jumps; derivatives by central differences of it, potentials from the enclosed mass where that has a closed form.
Multipoles are differentiated from their potential. NFW variants by the closed forms of Baltz et al. 2009 and by partial
fractions; the generalised one, whose density is an integral itself, is in gnfw.py.

    python3 densities.py > densities.json      (Debian: python3-mpmath; some ten minutes)
"""

import json
import random

from mpmath import acos, acosh, atan2, cos, cosh, exp, expm1, gammainc, hypot, log, mp, mpc, mpf, pi, quad, sin, sqrt

mp.dps = 28
relative_step = mpf(10) ** -9


def integral(f, q, x, y, cusp, kinks):
    """int_0^1 f(xi, d) du with xi^2 = u (x^2 + y^2 / d), d = 1 - (1-q^2) u; f may rise like xi^-cusp."""
    e = (1 - q) * (1 + q)
    power = 1 - mpf(cusp) / 2
    at = []
    for k in kinks:
        b = x * x + y * y + e * k * k
        u = 2 * k * k / (b + sqrt(b * b - 4 * e * x * x * k * k))
        if u < 1:
            at.append(u)

    def xi(u, d):
        return sqrt(u * (x * x + y * y / d))

    cuts = {mpf(c) / power for c in (-80, -60, -40, -30, -20, -15)}
    cuts |= {-14 / power} | {mpf(c) for c in (-40, -35, -30, -26, -23, -20, -18, -16, -14, -12, -10, -8, -7, -6, -5, -4, -3, -2, -1)}
    cuts |= {log(u) for u in at if u < mpf(1) / 2}
    low = quad(lambda lu: exp(lu) * f(xi(exp(lu), 1 - e * exp(lu)), 1 - e * exp(lu)), [*sorted(cuts), log(mpf(1) / 2)])
    if abs(e) < mpf("0.01"):
        return low + quad(lambda u: f(xi(u, 1 - e * u), 1 - e * u), [mpf(1) / 2, *sorted(u for u in at if u > mpf(1) / 2), 1])
    ends = (2 * log(q), log(1 - e / 2))
    pieces = 3 + int(ends[1] - ends[0])
    steps = [ends[0] + (ends[1] - ends[0]) * i / pieces for i in range(pieces + 1)]
    steps = sorted(steps + [log(1 - e * u) for u in at if u > mpf(1) / 2])
    return low + quad(lambda ld: exp(ld) / e * f(xi((1 - exp(ld)) / e, exp(ld)), exp(ld)), steps)


def in_reach(f):
    return lambda z: f(z) if z < 10**6 else mpf(0)


# Each: kappa as a function of xi, the mass xi alpha(xi) or nothing, its cusp and where its slope jumps.


def power_law_core(p, q):
    t, b, s = p["slope"] - 1, p["einsteinRadius"], p["coreRadius"]
    a = (2 - t) / (1 + q) * b**t
    return lambda xi: a * (s * s + xi * xi) ** (-t / 2), lambda xi: 2 * a / (2 - t) * ((s * s + xi * xi) ** (1 - t / 2) - s ** (2 - t)), 0, []


def power_law_broken(p, q):
    a, b, rb = p["innerSlope"], p["outerSlope"], p["breakRadius"]
    nu = rb / (sqrt(q) * p["einsteinRadius"])
    if nu < 1:
        between = (nu ** (b - 2) - 1) / (2 - b) if b != 2 else -log(nu)
        k = 1 / (2 * nu**2 * (1 / (2 - a) + between))
    else:
        k = (2 - a) / 2 * nu**-a
    z = rb / q
    kappa = lambda xi: k * (z / xi) ** (a if xi <= z else b)

    def mass(xi):
        if xi <= z:
            return 2 * k * z**a * xi ** (2 - a) / (2 - a)
        beyond = (xi ** (2 - b) - z ** (2 - b)) / (2 - b) if b != 2 else log(xi / z)
        return 2 * k * (z**2 / (2 - a) + z**b * beyond)

    return kappa, mass, a, [z]


def dpie(p, q):
    ra, rs, b0 = p["ra"], p["rs"], p["b0"]
    c = (1 + q) / 2
    kappa = lambda xi: b0 / 2 * rs / (rs - ra) * (1 / hypot(ra, c * xi) - 1 / hypot(rs, c * xi))
    mass = lambda xi: b0 * rs / (rs - ra) / c**2 * (hypot(ra, c * xi) - ra - hypot(rs, c * xi) + rs)
    return kappa, mass, 0, []


def chameleon(p, q):
    a, b = 2 * p["coreRadius0"] / (1 + q), 2 * p["coreRadius1"] / (1 + q)
    k = p["massToLightRatio"] * p["intensity"] / (1 + q)
    return lambda xi: k * (1 / hypot(a, xi) - 1 / hypot(b, xi)), lambda xi: 2 * k * (hypot(a, xi) - a - hypot(b, xi) + b), 0, []


def sersic_constant(n):
    return 2 * n - mpf(1) / 3 + mpf(4) / (405 * n) + mpf(46) / (25515 * n**2) + mpf(131) / (1148175 * n**3) - mpf(2194697) / (30690717750 * n**4)


def sersic(p, q, index=None):
    n = mpf(p["sersicIndex"] if index is None else index)
    g, r, b = p.get("massToLightGradient", mpf(0)), p["effectiveRadius"] / sqrt(q), sersic_constant(n)
    k = p["massToLightRatio"] * p["intensity"] * q**-g * exp(b)
    kappa = lambda xi: k * (xi / r) ** -g * exp(-b * (xi / r) ** (1 / n))
    mass = lambda xi: 2 * k * r * r * n * b ** (-n * (2 - g)) * gammainc(n * (2 - g), 0, b * (xi / r) ** (1 / n))
    return kappa, mass, g, []


def gaussian(p, q):
    k, s = p["massToLightRatio"] * p["intensity"], p["sigma"] / q
    return lambda xi: k * exp(-((xi / s) ** 2) / 2), lambda xi: -2 * k * s * s * expm1(-((xi / s) ** 2) / 2), 0, []


def truncated(p, _q):
    k, r, t = p["kappaS"], p["scaleRadius"], p["truncationRadius"] / p["scaleRadius"]

    def kappa(xi):
        x = xi / r
        F = acosh(1 / x) / sqrt(1 - x * x) if x < 1 else acos(1 / x) / sqrt(x * x - 1)
        root = sqrt(t * t + x * x)
        inner = (t * t + 1) / (x * x - 1) * (1 - F) + 2 * F - pi / root + (t * t - 1) / (t * root) * log(x / (root + t))
        return 2 * k * t * t / (t * t + 1) ** 2 * inner

    return in_reach(kappa), None, 0, []


def cored(p, _q):
    k, r, c = p["kappaS"], p["scaleRadius"], p["coreRadius"] / p["scaleRadius"]

    def g(a, z):
        return acosh(a / z) / sqrt(a * a - z * z) if a > z else acos(a / z) / sqrt(z * z - a * a)

    def kappa(xi):
        z = xi / r
        ones = g(mpf(1), z)
        single = 2 * (ones - c * g(c, z))
        double = 2 * ones + 2 * (1 - ones) / (1 - z * z)
        return k * (single / (1 - c) ** 2 - double / (1 - c))

    return in_reach(kappa), None, 0, []


densities = {
    "PowerLawCore": power_law_core,
    "PowerLawBroken": power_law_broken,
    "DPIE": dpie,
    "ChameleonMass": chameleon,
    "SersicMass": sersic,
    "ExponentialMass": lambda p, q: sersic(p, q, 1),
    "DevVaucouleursMass": lambda p, q: sersic(p, q, 4),
    "GaussianMass": gaussian,
    "NFWTruncated": truncated,
    "CNFW": cored,
}


def multipole_potential(m, p, x, y):
    t, r, phi = p["slope"] - 1, hypot(x, y), atan2(y, x)
    shape = p["sine"] * sin(m * phi) + p["cosine"] * cos(m * phi)
    return p["einsteinRadius"] ** t * r ** (2 - t) * shape / ((2 - t) ** 2 - m * m)


def own_frame(p, at):
    if "ellComps.0" in p:
        e = hypot(p["ellComps.0"], p["ellComps.1"])
        q, turn = (1 - e) / (1 + e), atan2(p["ellComps.0"], p["ellComps.1"]) / 2
    else:
        q, turn = p.get("axisRatio", mpf(1)), p.get("angle", mpf(0)) * pi / 180
    dy, dx = mpf(at[0]) - p["centre.0"], mpf(at[1]) - p["centre.1"]
    return q, turn, dx * cos(turn) + dy * sin(turn), dy * cos(turn) - dx * sin(turn)


def deflection(kind, p, at):
    q, turn, x, y = own_frame(p, at)
    if kind.startswith("PowerLawMultipole"):
        # It is differenced again.
        with mp.workdps(70):
            m, h = int(kind[-1]), mpf(10) ** -20 * hypot(x, y)
            f = lambda a, b: multipole_potential(m, p, a, b)
            ax, ay = (f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)
    else:
        kappa, _mass, cusp, kinks = densities[kind](p, q)
        total = integral(lambda xi, d: kappa(xi) / sqrt(d) * mpc(1, 1 / d), q, x, y, cusp, kinks)
        ax, ay = q * x * total.real, q * y * total.imag
    return ay * cos(turn) + ax * sin(turn), ax * cos(turn) - ay * sin(turn)


def potential(kind, p, at):
    q, _turn, x, y = own_frame(p, at)
    if kind.startswith("PowerLawMultipole"):
        return float(multipole_potential(int(kind[-1]), p, x, y))
    _kappa, mass, cusp, kinks = densities[kind](p, q)
    if mass is None:
        return None
    # mass / u is as flat as kappa.
    r2 = lambda d: x * x + y * y / d
    return float(q / 2 * integral(lambda xi, d: mass(xi) * r2(d) / (xi * xi * sqrt(d)), q, x, y, cusp, kinks))


def scale_of(name, p, at):
    """Over what change of a parameter the deflection changes its shape, roughly."""
    q, _turn, x, y = own_frame(p, at)
    R, r = hypot(q * x, y), hypot(x, y)
    if name.startswith("centre"):
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
    if name == "massToLightGradient" and p[name] == 0:
        h = relative_step
        values = [deflection(kind, {**p, name: i * h}, at) for i in range(4)]
        return [float((-11 * a + 18 * b - 9 * c + 2 * d) / (6 * h)) for a, b, c, d in zip(*values)]
    return difference(kind, p, at, name, relative_step)


def difference(kind, p, at, name, step):
    h = step * scale_of(name, p, at)
    ahead, behind = (deflection(kind, {**p, name: p[name] + side * h}, at) for side in (1, -1))
    return [float((a - b) / (2 * h)) for a, b in zip(ahead, behind)]


def flat(profile):
    given = {"centre": [0.0, 0.0], **{k: v for k, v in profile.items() if k != "type"}}
    values = {}
    for name, value in given.items():
        values.update({f"{name}.{i}": mpf(v) for i, v in enumerate(value)} if isinstance(value, list) else {name: mpf(value)})
    return values


draw = random.Random(17)
uniform, power = draw.uniform, lambda a, b: 10 ** draw.uniform(a, b)


def ellipse(at):
    if at % 2 == 0:
        return {"axisRatio": draw.choice([uniform(0.2, 1), power(-3, 0), 1 - power(-12, -1)]), "angle": uniform(-180, 180)}
    e, turn = draw.choice([uniform(0, 0.6), power(-9, -1), 0.998 - power(-3, -1)]), uniform(-pi, pi)
    return {"ellComps": [float(e * sin(turn)), float(e * cos(turn))]}


def own(kind):
    light = lambda: {"massToLightRatio": uniform(0.1, 3), "intensity": power(-2, 1)}
    halo = lambda: {"kappaS": power(-2, 0), "scaleRadius": power(-1, 1)}
    return {
        "PowerLawCore": lambda: {"einsteinRadius": power(-2, 1), "slope": draw.choice([uniform(1, 3), 2.0, 2.95]), "coreRadius": power(-5, 1)},
        "PowerLawBroken": lambda: {
            "einsteinRadius": power(-1, 1),
            "innerSlope": uniform(0, 1.9),
            "outerSlope": draw.choice([uniform(0.1, 3), 2.0, 2 + power(-12, -2)]),
            "breakRadius": power(-1.5, 1),
        },
        "DPIE": lambda: {"b0": power(-2, 1), "ra": draw.choice([0.0, power(-4, 0)]), "rs": power(-1, 2)},
        "ChameleonMass": lambda: {**light(), "coreRadius0": power(-3, -1), "coreRadius1": power(-1, 1)},
        "SersicMass": lambda: {
            **light(),
            "effectiveRadius": power(-1, 1),
            "sersicIndex": draw.choice([uniform(0.5, 2), uniform(2, 10)]),
            "massToLightGradient": draw.choice([0.0, uniform(0.1, 1.5)]),
        },
        "ExponentialMass": lambda: {**light(), "effectiveRadius": power(-1, 1)},
        "DevVaucouleursMass": lambda: {**light(), "effectiveRadius": power(-1, 1)},
        "GaussianMass": lambda: {**light(), "sigma": power(-1, 1)},
        "NFWTruncated": lambda: {**halo(), "truncationRadius": power(-1, 2)},
        "CNFW": lambda: {**halo(), "coreRadius": power(-3, 1)},
        "PowerLawMultipole1": lambda: {"einsteinRadius": power(-1, 1), "slope": uniform(1, 1.9), "sine": uniform(-1, 1), "cosine": uniform(-1, 1)},
        "PowerLawMultipole3": lambda: {"einsteinRadius": power(-1, 1), "slope": uniform(1, 3), "sine": uniform(-1, 1), "cosine": uniform(-1, 1)},
        "PowerLawMultipole4": lambda: {"einsteinRadius": power(-1, 1), "slope": 2.0, "sine": uniform(-1, 1), "cosine": uniform(-1, 1)},
    }[kind]()


def points_around(centre, count):
    for size in [uniform(0.2, 3), power(-5, -2), power(2, 3)][:count]:
        turn = uniform(-pi, pi)
        yield [float(centre[0] + size * sin(turn)), float(centre[1] + size * cos(turn))]


rows = []
counts = {"SersicMass": 8, "PowerLawBroken": 8, "DPIE": 6, "PowerLawCore": 6, "CNFW": 2}
for kind in [*densities, "PowerLawMultipole1", "PowerLawMultipole3", "PowerLawMultipole4"]:
    for at in range(counts.get(kind, 4)):
        round_one = kind.startswith("PowerLawMultipole")
        profile = {"type": kind, "centre": [uniform(-1, 1), uniform(-1, 1)], **own(kind), **({} if round_one else ellipse(at))}
        values = flat(profile)
        points = list(points_around(profile["centre"], 3))
        # No core at all is beyond its domain.
        if values.get("ra") == 0:
            continue
        rows.append(
            {
                "profile": profile,
                "points": points,
                "deflections": [[float(a) for a in deflection(kind, values, each)] for each in points],
                "potentials": [potential(kind, values, each) for each in points],
                "derivatives": {name: [derivative(kind, values, each, name) for each in points] for name in values},
            }
        )
print(json.dumps({"rows": rows}))
