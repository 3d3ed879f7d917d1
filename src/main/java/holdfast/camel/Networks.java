package holdfast.camel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Which addresses a webhook may lead to. Pure. */
final class Networks {

  private Networks() {}

  /**
   * Why a webhook may not go there, as the end of a sentence; empty when it may.
   *
   * @param privately whether this host's own and private networks are allowed
   */
  static Optional<String> refusal(InetAddress address, boolean privately) {
    if (address.isLinkLocalAddress() || isMetadata(address)) {
      return Optional.of("link-local, where clouds hand out credentials");
    }
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return Optional.of("no single host's address");
    }
    if (!privately && isPrivate(address)) {
      return Optional.of("in a private network, and the plan does not say allow-private: true");
    }
    return Optional.empty();
  }

  /** The address by which AWS answers over IPv6 lies in a private range, not in a local one. */
  private static boolean isMetadata(InetAddress address) {
    return address.getHostAddress().equals("fd00:ec2:0:0:0:0:0:254");
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || uniqueLocal
        || shared
        || thisNetwork;
  }
}
