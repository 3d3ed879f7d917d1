package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event without its envelopes.
 *
 * @param body missing where the event is plain text
 * @param text the event as it was written, where it is plain text
 */
record Event(JsonNode body, String text, Envelope envelope) {}
