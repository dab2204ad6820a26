#!/usr/bin/env python3
"""Writes clusters.csv: places of as many people, one pin each, and their clusters by scikit-learn's DBSCAN.

    python -m venv VENV && VENV/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    VENV/bin/python tests/reference/clusters.py > tests/reference/clusters.csv

Pins stand in the order of their easting; label -1 is noise. The tests read the CSV; they need no Python.
"""
import numpy as np
from sklearn.cluster import DBSCAN

rng = np.random.default_rng(6)
busy = rng.uniform(0, 3000, (14, 2))
spread = rng.uniform(20, 160, 14)
of = rng.integers(0, 14, 330)
xy = np.vstack([busy[of] + rng.normal(0, 1, (330, 2)) * spread[of][:, None], rng.uniform(0, 3000, (120, 2))]).round(2)
xy = xy[np.lexsort((xy[:, 1], xy[:, 0]))]
print("x_m,y_m,label_100,label_60")
labels = [DBSCAN(eps=eps, min_samples=5).fit_predict(xy) for eps in (100, 60)]
for (x, y), *label in zip(xy, *labels):
    print(x, y, *label, sep=",")
