// node calendars.mjs TOOLBOX FILE…: the entries that ical.js reads in each calendar, as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [toolbox, ...files] = process.argv.slice(2);
const ICAL = createRequire(`${toolbox}/package.json`)("ical.js").default ??
  createRequire(`${toolbox}/package.json`)("ical.js");

ICAL.design.strict = true;

function moment(time) {
  if (!time) return "";
  if (time.isDate) return time.toString();
  return time.toJSDate().toISOString().replace(".000Z", "Z");
}

function entries(file) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map((part) => {
    const end = part.getFirstPropertyValue("dtend");
    return [
      part.getFirstPropertyValue("uid"),
      moment(part.getFirstPropertyValue("dtstart")),
      moment(end),
      part.getFirstPropertyValue("summary"),
    ];
  });
}

const read = files.map((file) => {
  try {
    return { file, entries: entries(file), fault: null };
  } catch (error) {
    return { file, entries: [], fault: String(error) };
  }
});
console.log(JSON.stringify(read));
