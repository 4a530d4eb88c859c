"""Visibilities of a MeasurementSet as an archive of NumPy arrays for `wtilde import`.

    python exportms.py lens.ms lens.npz [--column CORRECTED_DATA] [--field 0]

Runs where casatools (CASA 6) or python-casacore are installed. Total intensity is the mean of the parallel hands by
weight, of every channel of every spectral window. What FLAG or FLAG_ROW flag, and autocorrelations, are left out; weights
are WEIGHT_SPECTRUM, or WEIGHT where there is none. Imaginary parts change their sign: what comes out is
V = sum I exp(-2 pi i (x u + y v)) with x to the East. Memory: that of the visibilities that are kept.

Arrays, one number for each visibility: uu, vv (wavelengths), data (complex), weight (1 / sigma^2 of either part), and for
whoever wants to know: ww, time (s), antenna1, antenna2, channel_hz.
"""

import argparse
import sys

import numpy as np

LIGHT_SPEED = 299792458.0
# Codes of CORR_TYPE: I, and hands that see total intensity.
PARALLEL = ({1}, {5, 8}, {9, 12})
ROWS_AT_ONCE = 20000


class Table:
    """A table of casacore, whoever reads it, with rows as the first axis."""

    def __init__(self, path):
        try:
            from casatools import table

            self.table, self.rows_last = table(), True
            self.table.open(path)
        except ImportError:
            try:
                from casacore.tables import table
            except ImportError:
                sys.exit("exportms.py needs casatools or python-casacore; in CASA, exportuvfits does as well")
            self.table, self.rows_last = table(path, ack=False), False

    def column(self, name, first=0, count=-1):
        values = np.asarray(self.table.getcol(name, first, count))
        return values.T if self.rows_last else values

    def names(self):
        return self.table.colnames()

    def holds(self, name, row):
        if name not in self.names():
            return False
        defined = self.table.iscelldefined
        return bool(defined(name, row))

    def cell(self, name, row):
        value = np.asarray(self.table.getcell(name, row))
        return value.T if self.rows_last else value


def runs_of(values):
    """(value, first, count) of stretches of equal values, none longer than ROWS_AT_ONCE."""
    first = 0
    while first < len(values):
        count = 1
        while first + count < len(values) and count < ROWS_AT_ONCE and values[first + count] == values[first]:
            count += 1
        yield values[first], first, count
        first += count


def hands_of(corr_types):
    """Where the hands are that see total intensity."""
    for hands in PARALLEL:
        found = [at for at, code in enumerate(corr_types) if code in hands]
        if found:
            return found
    sys.exit(f"no I, RR, LL, XX or YY among the correlations {list(corr_types)}")


def export(path, column, field):
    main = Table(path)
    if column not in main.names():
        sys.exit(f"{path} has no column {column}; its columns are {', '.join(main.names())}")
    description = Table(f"{path}/DATA_DESCRIPTION")
    windows = description.column("SPECTRAL_WINDOW_ID")
    polarizations = description.column("POLARIZATION_ID")
    spectral, polarization = Table(f"{path}/SPECTRAL_WINDOW"), Table(f"{path}/POLARIZATION")
    fields = main.column("FIELD_ID")
    present = sorted(set(int(each) for each in fields))
    if field is None and len(present) > 1:
        sys.exit(f"{path} has the fields {present}; name one with --field")
    wanted = present[0] if field is None else field
    kept = []
    for ddid, first, count in runs_of(main.column("DATA_DESC_ID")):
        frequencies = spectral.cell("CHAN_FREQ", int(windows[ddid])).reshape(-1)
        hands = hands_of(polarization.cell("CORR_TYPE", int(polarizations[ddid])).reshape(-1))
        read = lambda name: main.column(name, first, count)
        data, flag = read(column)[:, :, hands], read("FLAG")[:, :, hands]
        if main.holds("WEIGHT_SPECTRUM", first):
            weight = read("WEIGHT_SPECTRUM")[:, :, hands].astype(float)
        else:
            weight = np.broadcast_to(read("WEIGHT")[:, None, hands], data.shape).astype(float)
        antenna1, antenna2 = read("ANTENNA1"), read("ANTENNA2")
        rows = ~read("FLAG_ROW").astype(bool) & (antenna1 != antenna2) & (fields[first : first + count] == wanted)
        bad = flag.astype(bool) | ~rows[:, None, None] | ~(weight > 0) | ~np.isfinite(data)
        weight = np.where(bad, 0.0, weight)
        total = weight.sum(axis=2)
        used = total > 0
        mean = np.where(bad, 0, data.astype(complex) * weight).sum(axis=2)[used] / total[used]
        uvw = read("UVW")
        spread = lambda values: np.broadcast_to(values[:, None], used.shape)[used]
        hertz = np.broadcast_to(frequencies[None, :], used.shape)[used]
        kept.append(
            {
                "uu": spread(uvw[:, 0]) * hertz / LIGHT_SPEED,
                "vv": spread(uvw[:, 1]) * hertz / LIGHT_SPEED,
                "ww": spread(uvw[:, 2]) * hertz / LIGHT_SPEED,
                "data": np.conj(mean),
                "weight": total[used],
                "time": spread(read("TIME")),
                "antenna1": spread(antenna1),
                "antenna2": spread(antenna2),
                "channel_hz": hertz,
            }
        )
    arrays = {name: np.concatenate([each[name] for each in kept]) for name in kept[0]} if kept else {}
    if not kept or arrays["uu"].size == 0:
        sys.exit(f"{path}: no visibility of field {wanted} is left")
    return arrays


def main():
    parser = argparse.ArgumentParser(description="Visibilities of a MeasurementSet for wtilde import.")
    parser.add_argument("ms")
    parser.add_argument("out")
    parser.add_argument("--column", default="DATA")
    parser.add_argument("--field", type=int)
    given = parser.parse_args()
    arrays = export(given.ms.rstrip("/"), given.column, given.field)
    np.savez(given.out, **arrays)
    print(f"{given.out}: {arrays['uu'].size} visibilities")


if __name__ == "__main__":
    main()
