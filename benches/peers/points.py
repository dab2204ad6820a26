"""Writes made-up pins of a city: python points.py FOLDER N…  →  FOLDER/points_N.bin

Around 50 busy spots and a quarter anywhere, in a box the size of Ghent; each six that follow each other are one person's.
20 bytes a pin, little endian: lon and lat as f64; unsafe, theme, time of day and group as u8. The same N gives the same
bytes.
"""
import os
import sys

import numpy as np

WEST, SOUTH, EAST, NORTH = 3.65, 51.00, 3.80, 51.10


def pins(n, seed=20240601):
    r = np.random.default_rng(seed)
    centre = np.c_[r.uniform(WEST + 0.01, EAST - 0.01, 50), r.uniform(SOUTH + 0.01, NORTH - 0.01, 50)]
    spread = r.uniform(0.0006, 0.004, 50)
    weight = r.dirichlet(np.ones(50) * 1.2)
    share = np.clip(r.normal(0.6, 0.22, 50), 0.05, 0.95)
    spot = r.choice(50, n, p=weight)
    anywhere = r.random(n) < 0.25
    lon = np.where(anywhere, r.uniform(WEST, EAST, n), centre[spot, 0] + r.normal(0, 1, n) * spread[spot] * 1.55)
    lat = np.where(anywhere, r.uniform(SOUTH, NORTH, n), centre[spot, 1] + r.normal(0, 1, n) * spread[spot])
    made = np.zeros(n, [("lon", "<f8"), ("lat", "<f8"), ("unsafe", "u1"), ("theme", "u1"), ("time", "u1"), ("group", "u1")])
    made["lon"] = np.clip(lon, WEST, EAST - 1e-9).round(7)
    made["lat"] = np.clip(lat, SOUTH, NORTH - 1e-9).round(7)
    made["unsafe"] = r.random(n) < np.where(anywhere, 0.6, share[spot])
    for field, kinds in (("theme", 8), ("time", 4), ("group", 5)):
        made[field] = r.integers(0, kinds, n)
    return made


for n in map(int, sys.argv[2:]):
    path = os.path.join(sys.argv[1], f"points_{n}.bin")
    if not os.path.exists(path):
        pins(n).tofile(path + ".part")
        os.replace(path + ".part", path)
