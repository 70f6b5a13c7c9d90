type BookerFieldProps = {
  name: string;
  label: string;
  kind?: "line" | "email" | "text" | "choice";
  choices?: readonly string[];
  isRequired?: boolean;
  value: string;
  maxLength: number;
  placeholder?: string;
  /** What is not right with it. */
  wrong: string | null;
};

/** As many choices as can be seen at a glance; more are a list. */
const mostRadios = 5;

/** One question of the form, with its mark when it must be answered and what is wrong with the answer. */
export function BookerField(props: BookerFieldProps) {
  const { name, kind = "line", choices = [], isRequired = false, value, wrong } = props;
  const id = `fy-field-${name}`;
  const why = wrong ? `fy-why-${name}` : undefined;
  const words = (
    <>
      {props.label}
      {isRequired && (
        <i class="fy-must" aria-hidden="true">
          {" *"}
        </i>
      )}
    </>
  );
  const hint = wrong && (
    <em role="alert" id={why}>
      {wrong}
    </em>
  );
  if (kind === "choice" && choices.length <= mostRadios)
    return (
      <fieldset class="fy-field" aria-describedby={why}>
        <legend>{words}</legend>
        {choices.map((choice) => (
          <label key={choice} class="fy-radio">
            <input
              type="radio"
              name={name}
              value={choice}
              defaultChecked={choice === value}
              required={isRequired}
            />
            {choice}
          </label>
        ))}
        {hint}
      </fieldset>
    );
  const common = {
    id,
    class: "fy-input",
    name,
    required: isRequired,
    "aria-invalid": !!wrong,
    "aria-describedby": why,
  };
  const written = { ...common, defaultValue: value, maxLength: props.maxLength };
  return (
    <div class="fy-field">
      <label for={id}>{words}</label>
      {kind === "text" ? (
        <textarea {...written} rows={2} placeholder={props.placeholder} />
      ) : kind === "choice" ? (
        <select {...common}>
          <option value="" />
          {choices.map((choice) => (
            <option key={choice} selected={choice === value}>
              {choice}
            </option>
          ))}
        </select>
      ) : kind === "email" ? (
        <input {...written} type="email" autocomplete="email" />
      ) : (
        <input {...written} autocomplete={name === "name" ? "name" : "on"} />
      )}
      {hint}
    </div>
  );
}
