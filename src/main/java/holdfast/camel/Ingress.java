package holdfast.camel;

import holdfast.alarm.Post;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way in for events. Each goes through its route as a message of its own that carries a {@link
 * Post} and nothing else.
 *
 * <p>Every method throws {@link holdfast.alarm.TurnedAway} for the sender's faults and {@link
 * holdfast.journal.RunException} UNREACHABLE for ours; the event is not accepted then.
 */
public interface Ingress {

  /** The headers, in lower case, that {@code sender}'s proof stands in; empty: none may post. */
  Optional<Set<String>> proofs(String sender);

  /**
   * Throws at once what needs no body to be seen: that a token is missing or wrong, a signature
   * missing, or that a body of {@code announced} bytes is too large; -1 where that is not known.
   *
   * @return whether {@code sender} is proven without its body
   */
  boolean knock(String sender, Map<String, String> proofs, long announced);

  /**
   * Takes what a program or a topic posted.
   *
   * @return the receipt, by then committed; empty for a message that only confirms a subscription
   */
  Optional<String> post(Post post);

  /** Takes what an operator hands in as the sender of {@code post}; the receipt, committed. */
  String enter(Post post);
}
