/** Foyer's mark: an open door, with the light of the room behind it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg class="mark" aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <rect class="mark-wall" width="32" height="32" rx="9" />
      <path class="mark-light" d="M10 25V9.500A2.500 2.500 0 0 1 12.500 7H22v18z" />
      <path class="mark-door" d="M10 25V9.500A2.500 2.500 0 0 1 12.500 7L18 10v18z" />
      <circle class="mark-knob" cx="15.600" cy="18.400" r="1.100" />
    </svg>
  );
}
