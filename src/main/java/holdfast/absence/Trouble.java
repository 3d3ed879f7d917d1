package holdfast.absence;

import holdfast.alarm.Alarm;
import holdfast.plan.Severity;

/**
 * Something that is not there although it should be.
 *
 * @param key tells it from others that the same watch finds; the same as long as it is the same
 * @param text one or two sentences: since when, and what to do
 */
record Trouble(String key, Severity severity, Alarm.Subject subject, String title, String text) {

  /** Of nothing that the plan names, such as a key. */
  static Alarm.Subject about(String what) {
    return new Alarm.Subject(null, null, null, what, "", "");
  }
}
