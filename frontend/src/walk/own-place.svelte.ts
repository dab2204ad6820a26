/** Where the phone is: only while somebody asks for it, never kept and never sent. */

import type { LonLat } from '../domain/pin';

class OwnPlace {
  at = $state.raw<LonLat | null>(null);
  asked = $state(false);
  /** The phone does not say, or may not. */
  failed = $state(false);
  #watch: number | null = null;

  toggle(): void {
    if (this.asked) this.forget();
    else this.#ask();
  }

  #ask(): void {
    this.asked = true;
    this.failed = !('geolocation' in navigator);
    if (this.failed) return;
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        this.at = [coords.longitude, coords.latitude];
        this.failed = false;
      },
      () => (this.failed = true),
      { enableHighAccuracy: true, maximumAge: 5000 },
    );
  }

  forget(): void {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = this.at = null;
    this.asked = this.failed = false;
  }
}

export const ownPlace = new OwnPlace();
