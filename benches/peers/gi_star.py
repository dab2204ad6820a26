"""esda's Gi* and scipy's false discovery rates: python gi_star.py FILE, of lines `cell,value,z,q` as the product has them"""
import sys
import warnings

warnings.filterwarnings("ignore")
import h3.api.basic_int as h3
import numpy as np
from esda import G_Local
from libpysal.weights import W
from peer import least, tell
from scipy.stats import false_discovery_control, norm

rows = [line.split(",") for line in open(sys.argv[1])]
cells = [int(row[0], 16) for row in rows]
values, z, q = (np.array([float(row[at]) for row in rows]) for at in (1, 2, 3))


def weights():
    known = set(cells)
    near = {cell: [other for other in h3.grid_disk(cell, 1) if other in known and other != cell] for cell in cells}
    return W(near, silence_warnings=True)


def test(w):
    found = G_Local(values, w, transform="B", star=True, permutations=0)
    return found.Zs, false_discovery_control(2 * norm.sf(np.abs(found.Zs)))


weights_seconds, w = least(1, weights)
seconds, (zs, qs) = least(3, lambda: test(w))
tell("esda", seconds, weights_seconds=weights_seconds, differs=float(max(np.abs(zs - z).max(), np.abs(qs - q).max())))
