package holdfast.camel;

/** A channel answered politely that it did not take the message. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean forGood;
  private final boolean channel;

  /**
   * @param forGood whether another attempt would be refused too
   * @param channel whether the channel is to blame, and not this one message
   */
  RefusedException(String sentence, boolean forGood, boolean channel) {
    super(sentence);
    this.forGood = forGood;
    this.channel = channel;
  }

  boolean forGood() {
    return forGood;
  }

  boolean channel() {
    return channel;
  }
}
