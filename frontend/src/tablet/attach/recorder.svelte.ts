/** Records a voice: a minute at most, with a clock that everybody sees; nothing is sent from here. */

import { LONGEST_VOICE_MS, MOST_VOICE_BYTES } from '../../domain/attachment';

export interface Recording {
  sound: Blob;
  /** Without what browsers add about the codec. */
  type: 'audio/webm' | 'audio/mp4' | 'audio/ogg';
  duration_ms: number;
}

/** Why there is no recording. */
export type RecorderTrouble = 'no_microphone' | 'not_allowed' | 'failed';

const TYPES = ['audio/webm', 'audio/mp4', 'audio/ogg'] as const;
const BITS_A_SECOND = 32_000;
const TICK_MS = 200;

export class Recorder {
  /** How long it has been recording, in milliseconds; null while it is not. */
  elapsed_ms = $state<number | null>(null);
  asking = $state(false);
  trouble = $state<RecorderTrouble | null>(null);
  readonly #done: (recording: Recording) => void;
  #recorder: MediaRecorder | null = null;
  #stream: MediaStream | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #started = 0;
  #wanted = true;

  constructor(done: (recording: Recording) => void) {
    this.#done = done;
  }

  /** Whether this browser lets a page at this address record at all. */
  static get possible(): boolean {
    return typeof MediaRecorder !== 'undefined' && navigator.mediaDevices?.getUserMedia !== undefined && TYPES.some((type) => MediaRecorder.isTypeSupported(type));
  }

  async start(): Promise<void> {
    if (this.asking || this.#recorder) return;
    this.trouble = null;
    this.asking = this.#wanted = true;
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
    } catch (error) {
      this.trouble = error instanceof DOMException && error.name === 'NotAllowedError' ? 'not_allowed' : 'no_microphone';
      return;
    } finally {
      this.asking = false;
    }
    // Put away while the browser was asking.
    if (!this.#wanted) return this.#release();
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each))!;
    const recorder = new MediaRecorder(this.#stream, { mimeType: type, audioBitsPerSecond: BITS_A_SECOND });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onerror = () => {
      this.trouble = 'failed';
      this.discard();
    };
    recorder.onstop = () => {
      const duration_ms = Math.min(LONGEST_VOICE_MS, Math.max(1, Math.round(performance.now() - this.#started)));
      const sound = new Blob(parts, { type });
      const wanted = this.#wanted;
      this.#release();
      if (!wanted) return;
      if (sound.size === 0 || sound.size > MOST_VOICE_BYTES) this.trouble = 'failed';
      else this.#done({ sound, type, duration_ms });
    };
    this.#recorder = recorder;
    this.#started = performance.now();
    this.elapsed_ms = 0;
    recorder.start();
    this.#ticking = setInterval(() => {
      this.elapsed_ms = performance.now() - this.#started;
      if (this.elapsed_ms >= LONGEST_VOICE_MS) this.stop();
    }, TICK_MS);
  }

  /** Ends it and keeps it. */
  stop(): void {
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
  }

  /** Ends it and keeps nothing. */
  discard(): void {
    this.#wanted = false;
    if (this.#recorder) this.stop();
    else this.#release();
  }

  #release(): void {
    clearInterval(this.#ticking);
    // The light of the microphone goes out.
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = this.#recorder = null;
    this.elapsed_ms = null;
  }
}
