package holdfast.alarm;

import java.util.Map;

/**
 * What somebody posted, before anything of it is believed.
 *
 * @param sender the name in the address
 * @param body as the bytes came
 * @param proofs the few headers that the sender's proof stands in, by lower-case name; nothing else
 *     of the request is passed on
 */
@SuppressWarnings("ArrayRecordComponent") // a hash over the body needs its very bytes
public record Post(String sender, byte[] body, Map<String, String> proofs) {

  /** A larger body is turned away, in bytes. */
  public static final int BODY_MAX = 256 * 1024;

  /** What a topic posts may be larger: around a message of that size it writes an envelope. */
  public static final int TOPIC_MAX = 1024 * 1024;
}
