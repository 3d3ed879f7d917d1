package holdfast.stream;

import holdfast.journal.RunException;
import holdfast.stream.Packets.Packet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.bcpg.PacketFormat;
import org.bouncycastle.bcpg.PublicKeyEncSessionPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/** The packets in front of the sealed body, each holding its session key for one recipient. */
final class SessionKeys {

  private static final int MOST_BYTES = 8 * 1024;
  private static final int MOST_PACKETS = 64;

  /** How the sentence begins that says an opening key is the wrong one. */
  static final String NOT_FOR_US = "The data is sealed to the keys";

  private SessionKeys() {}

  /** Writes one packet per recipient. */
  static void write(List<Recipient> recipients, byte[] sessionKey, OutputStream next)
      throws IOException {
    BCPGOutputStream packets = new BCPGOutputStream(next, PacketFormat.CURRENT);
    for (Recipient recipient : recipients) {
      try {
        packets.writePacket(
            new BcPublicKeyKeyEncryptionMethodGenerator(recipient.key())
                .setSessionKeyObfuscation(false)
                .generate(
                    new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256), sessionKey));
      } catch (PGPException e) {
        throw new IOException(
            "Nothing can be sealed to recipient '" + recipient.name() + "' with its key.", e);
      }
    }
  }

  /** The key packets of a message, and the packet with the body behind them. */
  record Head(List<PublicKeyEncSessionPacket> keys, Packet body) {}

  /** Reads up to the body; anything but a body with an integrity packet is refused. */
  static Head read(Packets packets) throws IOException {
    List<PublicKeyEncSessionPacket> keys = new ArrayList<>();
    for (int count = 0; count <= MOST_PACKETS; count++) {
      Packet packet = packets.next();
      if (packet == null) {
        throw Damage.truncated(Damage.SEALED);
      }
      switch (packet.tag()) {
        case Packets.PKESK -> keys.add(parse(small(packet)));
        case Packets.SKESK, Packets.MARKER -> small(packet);
        case Packets.SEIPD -> {
          return new Head(keys, packet);
        }
        case Packets.SED, Packets.AEAD ->
            throw Damage.corrupt(
                Damage.SEALED, "it has no integrity packet of the kind that Holdfast writes");
        default ->
            throw Damage.corrupt(
                Damage.SEALED,
                "a packet of kind " + packet.tag() + " stands where its keys should");
      }
    }
    throw Damage.corrupt(Damage.SEALED, "it has too many key packets");
  }

  private static byte[] small(Packet packet) throws IOException {
    if (!packet.body().fits(MOST_BYTES)) {
      throw Damage.corrupt(Damage.SEALED, "a key packet is too long");
    }
    return packet.body().readAllBytes();
  }

  private static PublicKeyEncSessionPacket parse(byte[] body) {
    byte[] length = Packets.longLength(body.length);
    byte[] packet = new byte[1 + length.length + body.length];
    packet[0] = (byte) (0xC0 | Packets.PKESK);
    System.arraycopy(length, 0, packet, 1, length.length);
    System.arraycopy(body, 0, packet, 1 + length.length, body.length);
    try {
      return (PublicKeyEncSessionPacket)
          new BCPGInputStream(new ByteArrayInputStream(packet)).readPacket();
    } catch (IOException | RuntimeException e) {
      throw Damage.corrupt(Damage.SEALED, "a key packet cannot be read", e);
    }
  }

  /** The session key, recovered with {@code opening}; empty when none of the packets is for it. */
  static Optional<byte[]> recover(Head head, SecretKeyFile opening) {
    for (PublicKeyEncSessionPacket packet : head.keys()) {
      List<OpenPGPSecretKey> parts = partsFor(packet, opening);
      for (OpenPGPSecretKey part : parts) {
        Optional<byte[]> found = recover(packet, part, opening);
        if (found.isPresent()) {
          return found;
        }
      }
      if (!parts.isEmpty() && packet.getKeyID() != 0) {
        throw Damage.corrupt(
            Damage.SEALED, "its session key for " + id(packet) + " cannot be recovered");
      }
    }
    return Optional.empty();
  }

  /** Key id 0 hides the recipient: then every part is tried. */
  private static List<OpenPGPSecretKey> partsFor(
      PublicKeyEncSessionPacket packet, SecretKeyFile opening) {
    return opening.key().getSecretKeys().values().stream()
        .filter(part -> part.getAlgorithm() == packet.getAlgorithm())
        .filter(
            part ->
                packet.getKeyID() == 0
                    || part.getKeyIdentifier()
                        .matchesExplicit(new KeyIdentifier(packet.getKeyID())))
        .toList();
  }

  private static Optional<byte[]> recover(
      PublicKeyEncSessionPacket packet, OpenPGPSecretKey part, SecretKeyFile opening) {
    var unlocked = opening.unlock(part);
    try {
      byte[] data =
          new BcPublicKeyDataDecryptorFactory(unlocked)
              .recoverSessionData(
                  packet.getAlgorithm(), packet.getEncSessionKey(), packet.getVersion());
      return sessionKey(data);
    } catch (PGPException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Algorithm, key and a sum of 16 bits over the key. */
  private static Optional<byte[]> sessionKey(byte[] data) {
    int keyBytes =
        switch (data[0]) {
          case SymmetricKeyAlgorithmTags.AES_128 -> 16;
          case SymmetricKeyAlgorithmTags.AES_192 -> 24;
          case SymmetricKeyAlgorithmTags.AES_256 -> 32;
          default -> -1;
        };
    if (keyBytes < 0 || data.length < keyBytes + 3) {
      return Optional.empty();
    }
    byte[] key = Arrays.copyOfRange(data, 1, 1 + keyBytes);
    int sum = 0;
    for (byte b : key) {
      sum += b & 0xFF;
    }
    int given = (data[keyBytes + 1] & 0xFF) << 8 | data[keyBytes + 2] & 0xFF;
    return (sum & 0xFFFF) == given ? Optional.of(key) : Optional.empty();
  }

  /** That none of the key packets is for {@code opening}, nor for any key before it. */
  static RunException notForUs(Head head, SecretKeyFile opening) {
    List<String> ids = head.keys().stream().map(SessionKeys::id).toList();
    return KeyFile.noKey(
        opening.file(),
        NOT_FOR_US
            + " %s, and the opening key in %s (%s) is none of them: declare the secret key of one of them as holdfast.keys.opening."
                .formatted(ids, opening.file(), opening.fingerprint()));
  }

  private static String id(PublicKeyEncSessionPacket packet) {
    return String.format(Locale.ROOT, "%016X", packet.getKeyID());
  }
}
