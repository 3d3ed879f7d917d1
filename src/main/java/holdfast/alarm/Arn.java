package holdfast.alarm;

/** The parts of an Amazon Resource Name; all empty where a text is none. */
record Arn(String text, String service, String region, String account, String resource) {

  static Arn of(String text) {
    String[] parts = text.split(":", 6);
    return parts.length == 6 && parts[0].equals("arn")
        ? new Arn(text, parts[2], parts[3], parts[4], parts[5])
        : new Arn("", "", "", "", "");
  }
}
