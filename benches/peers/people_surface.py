#!/usr/bin/env python3
"""Times the within-participant test as one writes it in numpy: people_surface.py FILE SIGMA SHUFFLES

FILE is a CSV of participant,x_m,y_m,feeling with feeling safe or unsafe. Prints the seconds, the cells that were tested
and both thresholds. The measurement `statistics` runs it beside the product, where numpy is installed.
"""
import csv
import sys
import time

import numpy as np

CELL = 25.0


def surfaces(k, who, feeling):
    sides = []
    for says in (feeling == 1, feeling == 0):
        m = np.zeros(len(k))
        for one in np.unique(who[says]):
            m += k[:, (who == one) & says].max(1)
        sides.append(m)
    return sides


def verdict(who, xy, feeling, sigma, shuffles):
    low = np.floor((xy.min(0) - 3 * sigma) / CELL) * CELL
    high = np.ceil((xy.max(0) + 3 * sigma) / CELL) * CELL
    gx, gy = np.meshgrid(np.arange(low[0] + CELL / 2, high[0], CELL), np.arange(low[1] + CELL / 2, high[1], CELL))
    d2 = ((np.c_[gx.ravel(), gy.ravel()][:, None, :] - xy[None]) ** 2).sum(2)
    k = np.exp(-d2 / (2 * sigma**2))
    unsafe, safe = surfaces(k, who, feeling)
    p0 = unsafe.sum() / (unsafe.sum() + safe.sum())
    k = k[np.array([len(np.unique(who[row])) for row in d2 <= (1.5 * sigma) ** 2]) >= 5]

    def share(feeling):
        unsafe, safe = surfaces(k, who, feeling)
        return (unsafe + 2 * p0) / (unsafe + safe + 2)

    rng = np.random.default_rng(1)
    shuffled = []
    for _ in range(shuffles):
        dealt = feeling.copy()
        for one in np.unique(who):
            mine = np.where(who == one)[0]
            dealt[mine] = rng.permutation(feeling[mine])
        shuffled.append(share(dealt))
    shuffled = np.array(shuffled)
    mean, sd = shuffled.mean(0), shuffled.std(0) + 0.02
    z, said = (shuffled - mean) / sd, (share(feeling) - mean) / sd
    high, low = np.quantile(z.max(1), 0.95), np.quantile(z.min(1), 0.05)
    return len(said), high, low


rows = list(csv.DictReader(open(sys.argv[1])))
who = np.array([int(r["participant"]) for r in rows])
xy = np.array([[float(r["x_m"]), float(r["y_m"])] for r in rows])
feeling = np.array([r["feeling"] == "unsafe" for r in rows]).astype(int)
start = time.perf_counter()
cells, high, low = verdict(who, xy, feeling, float(sys.argv[2]), int(sys.argv[3]))
print(f"{time.perf_counter() - start:.6f} {cells} {high:.4f} {low:.4f}")
