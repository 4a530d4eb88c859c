"""Writes matern.json: the Matern correlation for a scale of 0.4 and its derivatives in 40 digits.

Rows of nu, distance, M, dM/ddistance, dM/dscale, dM/dnu; M = 2^(1-nu) / Gamma(nu) z^nu K_nu(z), z = sqrt(2 nu) distance / scale.

    python3 matern.py > matern.json      (Debian: python3-mpmath)
"""

from mpmath import besselk, diff, gamma, mp, mpf, nstr, sqrt

mp.dps = 40
SCALE = mpf("0.4")


def matern(distance, nu):
    z = sqrt(2 * nu) * distance / SCALE
    return 2 ** (1 - nu) / gamma(nu) * z**nu * besselk(nu, z)


rows = []
for nu in map(mpf, ["0.05", "0.3", "0.5", "0.7", "1", "1.5", "2.5", "3.7", "10", "20"]):
    for distance in map(mpf, ["1e-7", "0.003", "0.1", "0.4", "1.3", "5", "14"]):
        by_distance = diff(lambda x: matern(x, nu), distance, h=distance * mpf("1e-12"))
        by_nu = diff(lambda x: matern(distance, x), nu, h=mpf("1e-12"))
        values = (matern(distance, nu), by_distance, -by_distance * distance / SCALE, by_nu)
        rows.append("  [" + ", ".join([nstr(nu, 5), nstr(distance, 5)] + [nstr(x, 20) for x in values]) + "]")
print("[\n" + ",\n".join(rows) + "\n]")
