"""KDEpy's FFTKDE on a grid of 512 by 512: python density.py N"""
import sys

import numpy as np
from KDEpy import FFTKDE
from peer import least, points, tell

made = points(int(sys.argv[1]))
kx, ky = 111320 * np.cos(np.radians(51.05)), 111320.0
metres = np.c_[(made["lon"] - 3.65) * kx, (made["lat"] - 51.0) * ky]
x, y = np.linspace(-1, 0.15 * kx + 1, 512), np.linspace(-1, 0.1 * ky + 1, 512)
grid = np.array(np.meshgrid(x, y, indexing="ij")).reshape(2, -1).T.copy()
seconds, _ = least(3, lambda: FFTKDE(kernel="gaussian", bw=75).fit(metres).evaluate(grid))
tell("KDEpy", seconds)
