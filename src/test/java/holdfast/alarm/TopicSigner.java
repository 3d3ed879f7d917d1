package holdfast.alarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** Signs messages as a topic does, with a key and an authority of the test's own. */
public final class TopicSigner {

  public static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";
  public static final String CERTIFICATE =
      "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AlgorithmIdentifier SHA256_RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

  /** What was asked for, as host and id. */
  final List<String> fetched = new CopyOnWriteArrayList<>();

  private final KeyPair authority = pair();
  private final KeyPair own = pair();
  final X509Certificate authorityCertificate;
  X509Certificate certificate;

  private TopicSigner(Instant now) {
    authorityCertificate = issue("CN=Test Authority", authority, now, Duration.ofDays(90), true);
    certificate = issue("CN=sns.amazonaws.com", own, now, Duration.ofDays(30), false);
  }

  public static TopicSigner at(Instant now) {
    return new TopicSigner(now);
  }

  /** Beans under their types' names, which take the place of Amazon's. */
  public Map<String, Object> beans() {
    return Map.of("certificates", certificates(), "trust", trust());
  }

  Certificates certificates() {
    return (host, id) -> {
      fetched.add(host + " " + id);
      if (!id.equals("0123abcd")) {
        throw new CertificateException("status 404");
      }
      return List.of(certificate);
    };
  }

  Trust trust() {
    return new Trust(Set.of(new TrustAnchor(authorityCertificate, null)));
  }

  /** A notification, signed; {@code text} is what was published. */
  public String notification(String id, Instant at, String text) {
    return json(signed(notice(id, at, text), own.getPrivate(), "2"));
  }

  static Map<String, String> notice(String id, Instant at, String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Type", "Notification");
    fields.put("MessageId", id);
    fields.put("TopicArn", TOPIC);
    fields.put("Message", text);
    fields.put("Timestamp", at.toString());
    fields.put("SigningCertURL", CERTIFICATE);
    return fields;
  }

  /** A notification with attributes of such names, which no signature covers. */
  public String notification(String id, Instant at, String text, Map<String, String> attributes) {
    ObjectNode message = JSON.valueToTree(signed(notice(id, at, text), "2"));
    ObjectNode all = message.putObject("MessageAttributes");
    attributes.forEach(
        (name, value) -> all.putObject(name).put("Type", "String").put("Value", value));
    return message.toString();
  }

  /** A message that asks to confirm, or tells of the end of, a subscription. */
  public String subscription(String type, Instant at, String token) {
    return subscription(
        type, at, token, "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription");
  }

  /** The same with the address that a careless reader would ask. */
  public String subscription(String type, Instant at, String token, String address) {
    Map<String, String> fields = notice("sub-" + at, at, "You have chosen to subscribe.");
    fields.put("Type", type);
    fields.put("Token", token);
    fields.put("SubscribeURL", address);
    return json(signed(fields, own.getPrivate(), "2"));
  }

  Map<String, String> signed(Map<String, String> fields, String version) {
    return signed(fields, own.getPrivate(), version);
  }

  static Map<String, String> signed(Map<String, String> fields, PrivateKey key, String version) {
    StringBuilder text = new StringBuilder();
    List.of(
            "Message",
            "MessageId",
            "SubscribeURL",
            "Subject",
            "Timestamp",
            "Token",
            "TopicArn",
            "Type")
        .forEach(
            name -> {
              if (fields.containsKey(name)) {
                text.append(name).append('\n').append(fields.get(name)).append('\n');
              }
            });
    try {
      Signature signature =
          Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
      fields.put("SignatureVersion", version);
      fields.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
      return fields;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String json(Map<String, String> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate for {@code name}, from a day before to {@code validity} after {@code now}. */
  X509Certificate issue(String name, Instant now, Duration validity) {
    return issue(name, own, now, validity, false);
  }

  private X509Certificate issue(
      String name, KeyPair key, Instant now, Duration validity, boolean isAuthority) {
    try {
      V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
      generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(name.hashCode() & 0xffff)));
      generator.setIssuer(new X500Name("CN=Test Authority"));
      generator.setSubject(new X500Name(name));
      generator.setStartDate(new Time(Date.from(now.minus(Duration.ofDays(1)))));
      generator.setEndDate(new Time(Date.from(now.plus(validity))));
      generator.setSubjectPublicKeyInfo(
          SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
      generator.setSignature(SHA256_RSA);
      generator.setExtensions(
          new Extensions(
              new Extension(
                  Extension.basicConstraints,
                  true,
                  new BasicConstraints(isAuthority).getEncoded())));
      TBSCertificate open = generator.generateTBSCertificate();
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(authority.getPrivate());
      signature.update(open.getEncoded("DER"));
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(open);
      parts.add(SHA256_RSA);
      parts.add(new DERBitString(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(new DERSequence(parts).getEncoded("DER")));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
