"""The hexagon of each point by h3: python hexes.py N RESOLUTION"""
import sys

import h3.api.basic_int as h3
from peer import least, points, tell

made, resolution = points(int(sys.argv[1])), int(sys.argv[2])
lons, lats = made["lon"].tolist(), made["lat"].tolist()
seconds, cells = least(1, lambda: [h3.latlng_to_cell(lat, lon, resolution) for lon, lat in zip(lons, lats)])
tell("h3", seconds, cells=len(set(cells)))
