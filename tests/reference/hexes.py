#!/usr/bin/env python3
"""Writes hex_cells.csv (positions and their H3 cells) and gi_star.csv (people by hexagon, Gi* and q-values), by h3, esda
and scipy.

    python -m venv VENV && VENV/bin/pip install h3==4.5.0 libpysal==4.14.1 esda==2.9.0 scipy==1.17.1 numpy==2.4.6
    VENV/bin/python tests/reference/hexes.py cells > tests/reference/hex_cells.csv
    VENV/bin/python tests/reference/hexes.py gi_star > tests/reference/gi_star.csv

  x = (U - N p0) / sqrt(N p0 (1 - p0)), p0 = sum U / sum N, over hexagons with N >= 5
  z = esda.G_Local(x, star=True, transform="B"), weights 1 for the hexagon and its neighbours
  p = 2 Phi(-|z|), q = scipy.stats.false_discovery_control(p)

The tests read the CSV; they need no Python.
"""
import random
import sys

import h3
import numpy as np


def cells():
    rng = random.Random(4)
    # Ghent, the equator, both hemispheres, beside the 180th meridian, beside two of H3's pentagons.
    centres = [(3.7250, 51.0536), (4.3517, 50.8467), (0.0, 0.0), (-70.9, -53.16), (179.98, -16.5), (25.7, 70.98)]
    centres += [h3.cell_to_latlng(cell)[::-1] for cell in sorted(h3.get_pentagons(9))[:2]]
    print("lon,lat,r8,r9,r10,r11")
    for lon0, lat0 in centres:
        for _ in range(25):
            lon, lat = round(lon0 + rng.uniform(-0.02, 0.02), 7), round(lat0 + rng.uniform(-0.02, 0.02), 7)
            print(lon, lat, *(h3.latlng_to_cell(lat, lon, r) for r in (8, 9, 10, 11)), sep=",")


def gi_star():
    from esda import G_Local
    from libpysal.weights import W
    from scipy.stats import false_discovery_control, norm

    rng = np.random.default_rng(5)
    middle = h3.latlng_to_cell(51.0536, 3.7250, 10)
    # Two parts, so that some hexagons have few neighbours, and one of them at a pentagon with none missing.
    disk = h3.grid_disk(middle, 9) + h3.grid_disk(sorted(h3.get_pentagons(10))[3], 2)
    ids = sorted(cell for cell in disk if rng.random() < 0.85)
    n = rng.integers(5, 60, len(ids))
    hot, cold = set(h3.grid_disk(ids[40], 2)), set(h3.grid_disk(ids[150], 2))
    share = np.array([0.7 if cell in hot else 0.2 if cell in cold else 0.45 for cell in ids])
    u = rng.binomial(n, share)
    p0 = u.sum() / n.sum()
    x = (u - n * p0) / np.sqrt(n * p0 * (1 - p0))
    known = set(ids)
    w = W({i: [j for j in h3.grid_disk(i, 1) if j in known and j != i] for i in ids}, silence_warnings=True)
    z = G_Local(x, w, transform="B", star=True, permutations=0).Zs
    p = 2 * norm.sf(np.abs(z))
    q = false_discovery_control(p)
    print("h3,people,people_unsafe,z,p,q")
    for row in zip(ids, n, u, z, p, q):
        print(row[0], row[1], row[2], *(f"{value:.15g}" for value in row[3:]), sep=",")


{"cells": cells, "gi_star": gi_star}[sys.argv[1]]()
