#!/usr/bin/env python3
"""Writes plane.csv: positions in degrees and in the metres of a local transverse Mercator, by pyproj (PROJ).

    python -m venv VENV && VENV/bin/pip install pyproj==3.7.2 && VENV/bin/python tests/reference/plane.py > tests/reference/plane.csv

The tests read the CSV; they need no Python.
"""
import random

from pyproj import Transformer

CENTRES = [(4.3517, 50.8467), (3.7250, 51.0536), (4.8059, 51.2615), (0.0, 0.0), (-70.9, -53.16), (179.98, -16.5),
           (-179.99, 51.9), (25.7, 70.98), (139.69, 35.68), (18.42, -33.92)]


def main():
    rng = random.Random(1)
    print("lon0,lat0,lon,lat,x_m,y_m")
    for lon0, lat0 in CENTRES:
        to = Transformer.from_pipeline(f"+proj=tmerc +lon_0={lon0} +lat_0={lat0} +k_0=1 +x_0=0 +y_0=0 +ellps=WGS84")
        for reach_m in (500, 5_000, 30_000, 150_000):
            for _ in range(5):
                x, y = rng.uniform(-reach_m, reach_m), rng.uniform(-reach_m, reach_m)
                lon, lat = (round(v, 9) for v in to.transform(x, y, direction="INVERSE"))
                x, y = to.transform(lon, lat)
                print(f"{lon0},{lat0},{lon:.9f},{lat:.9f},{x:.9f},{y:.9f}")


main()
