package holdfast.alarm;

import holdfast.plan.Secrets;
import holdfast.plan.SenderSpec;
import holdfast.plan.SenderSpec.Encoding;
import holdfast.plan.SenderSpec.Signature;
import holdfast.plan.SenderSpec.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether a post proves its sender; every comparison takes as long whatever was sent. */
final class Credentials {

  private static final String AUTHORIZATION = "authorization";
  private static final int SIGNATURES_MAX = 8;

  private final KnownSecrets secrets;

  Credentials(Secrets secrets, InstantSource clock) {
    this.secrets = new KnownSecrets(secrets, clock);
  }

  /** The headers that the proof stands in, in lower case. */
  static Set<String> headers(SenderSpec.Webhook sender) {
    return sender.credential() instanceof Signature signature
        ? Set.of(header(signature))
        : Set.of(AUTHORIZATION);
  }

  private static String header(Signature signature) {
    return signature.header().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns when the post proves its sender.
   *
   * @throws TurnedAway when it does not
   * @throws holdfast.plan.SecretMissingException when the secret cannot be read
   */
  void require(SenderSpec.Webhook sender, Post post) {
    byte[] secret =
        secrets.read(sender.credential().secret()).reveal().getBytes(StandardCharsets.UTF_8);
    if (sender.credential() instanceof Signature signature) {
      signed(signature, secret, post);
    } else if (sender.credential() instanceof Token) {
      shown(secret, post.proofs().getOrDefault(AUTHORIZATION, ""));
    }
  }

  /** Hashes are compared, so that not even the length of the secret shows in the time taken. */
  private static void shown(byte[] secret, String authorization) {
    byte[] given = token(authorization);
    if (secret.length == 0 || !MessageDigest.isEqual(sha256(secret), sha256(given))) {
      throw new TurnedAway(
          TurnedAway.Why.UNPROVEN,
          authorization.isEmpty()
              ? "Send this sender's token in the Authorization header."
              : "The token in the Authorization header is not this sender's.");
    }
  }

  private static byte[] token(String authorization) {
    String[] parts = authorization.strip().split("\\s+", 2);
    String scheme = parts[0].toLowerCase(Locale.ROOT);
    String value = parts.length == 2 ? parts[1] : "";
    if (scheme.equals("basic")) {
      String pair = new String(decoded(Encoding.BASE64, value), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
    }
    return (scheme.equals("bearer") ? value : "").getBytes(StandardCharsets.UTF_8);
  }

  private static void signed(Signature signature, byte[] secret, Post post) {
    String header = post.proofs().getOrDefault(header(signature), "");
    byte[] expected = hmac(signature, secret, post.body());
    boolean fits = false;
    for (String one : header.split(",", SIGNATURES_MAX)) {
      String given = one.strip();
      boolean ours = given.startsWith(signature.prefix());
      String hash = ours ? given.substring(signature.prefix().length()) : "";
      fits |= MessageDigest.isEqual(expected, decoded(signature.encoding(), hash));
    }
    if (secret.length == 0 || !fits) {
      throw new TurnedAway(
          TurnedAway.Why.FORGED,
          header.isEmpty()
              ? "Sign the body and send the signature in the header %s."
                  .formatted(signature.header())
              : "The signature in the header %s does not fit the body."
                  .formatted(signature.header()));
    }
  }

  private static byte[] hmac(Signature signature, byte[] secret, byte[] body) {
    String name = "Hmac" + signature.algorithm().name();
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, name));
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The bytes, or none where the text is not so encoded. */
  private static byte[] decoded(Encoding encoding, String text) {
    try {
      return encoding == Encoding.HEX
          ? HexFormat.of().parseHex(text)
          : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notSoEncoded) {
      return new byte[0];
    }
  }
}
