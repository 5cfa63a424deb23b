const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Says how old each lookup is, and warns of an old page: a status of last week proves nothing today. */
export function tellAges(now: Date): void {
  const ages = [...document.querySelectorAll<HTMLTimeElement>("time[data-age]")].map((time) => {
    const age = now.getTime() - Date.parse(time.dateTime);
    if (age >= 0) time.append(` (${ageText(age)} ago)`);
    return age;
  });
  const oldest = Math.max(0, ...ages);
  const notice = document.querySelector<HTMLElement>(".old");
  if (!notice || oldest < day) return;
  notice.textContent = `This page is ${ageText(oldest)} old. Look the status up again before you rely on it.`;
  notice.hidden = false;
}

function ageText(age: number): string {
  if (age < 2 * minute) return "1 minute";
  if (age < 2 * hour) return `${String(Math.floor(age / minute))} minutes`;
  if (age < 2 * day) return `${String(Math.floor(age / hour))} hours`;
  return `${String(Math.floor(age / day))} days`;
}
