/** Which of the page's times are AWS's, and which are shorter on this machine. */
export function paceSentences(where: "local" | "aws", secondsPerMinute: number): readonly string[] {
  if (where === "aws") return ["Everything here is AWS's own pace."];
  const shared =
    "Boots, health checks, grace periods and draining take the time that the settings and the machine need, as on AWS.";
  if (secondsPerMinute === 60) {
    return [`${shared} Alarms and warm-ups also keep AWS's pace: a minute is 60 s.`];
  }
  return [
    shared,
    `Alarms and warm-ups are faster than AWS's: one minute of CloudWatch takes ${String(secondsPerMinute)} s here.`,
  ];
}
