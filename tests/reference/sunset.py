#!/usr/bin/env python3
"""Writes sunset.csv: when the sun sets on a date, on the clock of a time zone, by PyEphem (VSOP87, XEphem's routines).

    python -m venv VENV && VENV/bin/pip install ephem==4.2.1 tzdata && VENV/bin/python tests/reference/sunset.py > tests/reference/sunset.csv

The upper edge is on a level horizon with a refraction of 34 minutes of arc, as almanacs have it. The tests read the CSV;
they need no Python.
"""
import datetime
import zoneinfo

import ephem

PLACES = [("Gent", 3.7250, 51.0536, "Europe/Brussels"), ("Wechelderzande", 4.8059, 51.2615, "Europe/Brussels"),
          ("Oslo", 10.7522, 59.9139, "Europe/Oslo"), ("Quito", -78.4678, -0.1807, "America/Guayaquil"),
          ("Melbourne", 144.9631, -37.8136, "Australia/Melbourne"), ("Tromsø", 18.9553, 69.6492, "Europe/Oslo")]
DAYS = ["2026-01-01", "2026-03-20", "2026-03-28", "2026-03-29", "2026-06-21", "2026-08-15", "2026-10-24", "2026-10-25",
        "2026-11-25", "2026-12-21", "2030-02-28"]


def sunset(lon, lat, zone, day):
    midnight = datetime.datetime.combine(day, datetime.time(), zone)
    observer = ephem.Observer()
    observer.lon, observer.lat, observer.elevation = str(lon), str(lat), 0
    observer.pressure, observer.horizon = 0, "-0:34"
    observer.date = midnight.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    try:
        at = observer.next_setting(ephem.Sun()).datetime().replace(tzinfo=datetime.timezone.utc).astimezone(zone)
    except (ephem.NeverUpError, ephem.AlwaysUpError):
        return ""
    if at.date() != day:
        return ""
    return (at + datetime.timedelta(seconds=30)).strftime("%H:%M")


def main():
    print("place,lon,lat,zone,day,sunset")
    for place, lon, lat, name in PLACES:
        for day in DAYS:
            at = sunset(lon, lat, zoneinfo.ZoneInfo(name), datetime.date.fromisoformat(day))
            print(f"{place},{lon},{lat},{name},{day},{at}")


main()
