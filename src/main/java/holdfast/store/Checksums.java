package holdfast.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/** Checksums as S3 writes them. */
final class Checksums {

  private Checksums() {}

  /** One CRC-32 as S3 writes it: four bytes in Base64. */
  static String encoded(int crc) {
    return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt(crc).array());
  }

  /** CRC-32 of the parts' CRC-32s, and how many there are. */
  static String composite(List<Integer> crcs) {
    CRC32 whole = new CRC32();
    crcs.forEach(crc -> whole.update(ByteBuffer.allocate(4).putInt(crc).flip()));
    return encoded((int) whole.getValue()) + "-" + crcs.size();
  }

  /** MD5 of the parts' MD5s, as S3 makes the entity tag of an object in parts. */
  static String compositeEtag(List<String> etags) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      etags.forEach(etag -> md5.update(HexFormat.of().parseHex(bare(etag))));
      return HexFormat.of().formatHex(md5.digest()) + "-" + etags.size();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An entity tag without its quotes. */
  static String bare(String etag) {
    return etag.replace("\"", "");
  }
}
