/** Two soft bells, a fourth apart, made here: no sound file to load. Seconds, hertz. */
const notes = [
  { at: 0, pitch: 659.25 },
  { at: 0.17, pitch: 880 },
  { at: 0.42, pitch: 659.25 },
  { at: 0.59, pitch: 880 },
] as const;
const LENGTH = 0.9;
const VOLUME = 0.16;

/** The ring of an incoming request. A browser lets it sound only after the person has clicked or typed somewhere. */
export function createRing(): { play(): boolean; chime(): void; allow(): Promise<boolean> } {
  let context: AudioContext | null = null;
  const open = () => {
    context ??= "AudioContext" in window ? new AudioContext() : null;
    return context;
  };

  function strike(audio: AudioContext, pitch: number, at: number, loudness = VOLUME): void {
    const volume = audio.createGain();
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.012);
    volume.gain.exponentialRampToValueAtTime(0.0004, at + LENGTH);
    volume.connect(audio.destination);
    // The octave above, quietly, makes it a bell rather than a beep.
    for (const [multiple, share] of [
      [1, 1],
      [2, 0.35],
      [3, 0.08],
    ] as const) {
      const tone = audio.createOscillator();
      const part = audio.createGain();
      tone.frequency.value = pitch * multiple;
      part.gain.value = share;
      tone.connect(part).connect(volume);
      tone.start(at);
      tone.stop(at + LENGTH);
    }
  }

  return {
    play() {
      const audio = open();
      if (!audio) return false;
      if (audio.state !== "running") {
        // Resolves later, or never without a gesture; this ring is lost either way.
        audio.resume().catch(() => undefined);
        return false;
      }
      for (const note of notes) strike(audio, note.pitch, audio.currentTime + note.at);
      return true;
    },
    chime() {
      const audio = open();
      if (audio?.state === "running") strike(audio, 987.77, audio.currentTime, VOLUME / 2);
    },
    async allow() {
      const audio = open();
      if (!audio) return false;
      await audio.resume().catch(() => undefined);
      if (audio.state !== "running") return false;
      strike(audio, notes[0].pitch, audio.currentTime);
      return true;
    },
  };
}
