"""Writes extremes.json: deflections and potentials at the edges of every elliptical profile's domain.

The definition (Schramm 1990; Keeton 2001) integrated in 30 digits, pieces of ln u and of ln(1 - (1-q^2) u) apart:
J_n = int_0^1 kappa(xi) / (1 - (1-q^2) u)^(n+1/2) du, deflection (q x J_0, q y J_1),
potential = q/2 int_0^1 xi alpha(xi) / (u (1 - (1-q^2) u)^(1/2)) du, xi^2 = u (x^2 + y^2 / (1 - (1-q^2) u)).

    python3 extremes.py > extremes.json      (Debian: python3-mpmath; a few minutes)
"""

import json

from mpmath import acos, acosh, cos, exp, log, mp, mpf, pi, quad, sin, sqrt

mp.dps = 30


def integral(f, q, power):
    """int_0^1 f(u, 1 - (1-q^2) u) du; f may be peaked at 1, and u f vanish at 0 like u^power."""
    e = (1 - q) * (1 + q)
    cuts = [c / power for c in (-80, -60, -40, -30, -20, -15)] + [-14 / power, -14, -10, -8, -6, -4, -3, -2, -1]
    cuts = sorted({mpf(c) for c in cuts})
    low = quad(lambda lu: exp(lu) * f(exp(lu), 1 - e * exp(lu)), cuts + [log(mpf(1) / 2)])
    if e == 0:
        return low + quad(lambda u: f(u, mpf(1)), [mpf(1) / 2, 1])
    ends = (2 * log(q), log(1 - e / 2))
    pieces = 2 + int(ends[1] - ends[0])
    steps = [ends[0] + (ends[1] - ends[0]) * i / pieces for i in range(pieces + 1)]
    return low + quad(lambda ld: exp(ld) / e * f((1 - exp(ld)) / e, exp(ld)), steps)


def lens(kappa, mass, power, q, x, y):
    """kappa(xi) and mass(xi) = xi alpha(xi), which is at most about xi^(2 power) at 0, give the deflection along x and y, and the potential."""

    def xi(u, d):
        return sqrt(u * (x * x + y * y / d))

    j0 = integral(lambda u, d: kappa(xi(u, d)) / sqrt(d), q, power)
    j1 = integral(lambda u, d: kappa(xi(u, d)) / sqrt(d) ** 3, q, power)
    psi = integral(lambda u, d: mass(xi(u, d)) / (u * sqrt(d)), q, power)
    return q * x * j0, q * y * j1, q / 2 * psi


def isothermal(p, q):
    s, b = mpf(p["coreRadius"]), mpf(p["einsteinRadius"])
    return lambda xi: b / ((1 + q) * sqrt(s * s + xi * xi)), lambda xi: 2 * b / (1 + q) * xi * xi / (sqrt(s * s + xi * xi) + s), mpf(1) / 2


def power_law(p, q):
    t, b = mpf(p["slope"]) - 1, mpf(p["einsteinRadius"])
    return lambda xi: (2 - t) / (1 + q) * (b / xi) ** t, lambda xi: 2 / (1 + q) * b**t * xi ** (2 - t), 1 - t / 2


def nfw(p, _q):
    k, r = mpf(p["kappaS"]), mpf(p["scaleRadius"])

    def arc(z):
        return acosh(1 / z) / sqrt(1 - z * z) if z < 1 else acos(1 / z) / sqrt(z * z - 1)

    def enclosed(z):
        if z > mpf(10) ** -6:
            return log(z / 2) + arc(z)
        # Enough of the series for 30 digits.
        L, w = log(2 / z), z * z
        return w * (2 * L - 1) / 4 + w**2 * (12 * L - 7) / 32 + w**3 * (60 * L - 37) / 192

    return (
        lambda xi: 2 * k * (1 - arc(xi / r)) / ((xi / r) ** 2 - 1),
        lambda xi: 4 * k * r * r * enclosed(xi / r),
        mpf(1) / 2,
    )


kinds = {"Isothermal": isothermal, "PowerLaw": power_law, "NFW": nfw}
points = [(0.4, 0.7), (-0.02, 1.3), (0.9, 0.001), (1.1, -0.2), (0.1 + 2e-6, -0.2 + 1e-5), (-250.0, 400.0)]
ratios = [1.0, 0.9999999, 0.7, 0.1, 0.02, 0.0001]
parameters = (
    [("Isothermal", {"einsteinRadius": 1.5, "coreRadius": s}) for s in (0.0, 1e-6, 0.3, 1e5)]
    + [("PowerLaw", {"einsteinRadius": 1.5, "slope": s}) for s in (1.0001, 1.5, 2.1, 2.9, 2.99999)]
    + [("NFW", {"kappaS": 0.25, "scaleRadius": r}) for r in (1e-6, 1e-3, 0.5, 10.0, 1e5)]
)


def row(kind, given, q, angle, at):
    q, turn = mpf(q), mpf(angle) * pi / 180
    dy, dx = mpf(at[0]) - mpf(0.1), mpf(at[1]) + mpf(0.2)
    x, y = dx * cos(turn) + dy * sin(turn), dy * cos(turn) - dx * sin(turn)
    ax, ay, psi = lens(*kinds[kind](given, q), q, x, y)
    return [float(ay * cos(turn) + ax * sin(turn)), float(ax * cos(turn) - ay * sin(turn)), float(psi)]


rows = []
for kind, given in parameters:
    for q in ratios:
        profile = {"type": kind, "centre": [0.1, -0.2], **given, "axisRatio": q, "angle": 35.0}
        rows.append({"profile": profile, "values": [row(kind, given, q, 35.0, at) for at in points]})
print(json.dumps({"points": points, "rows": rows}))
