package holdfast.web;

import java.util.Locale;

/** What somebody may do; each role may do all that the ones before it may. */
public enum Role {
  /** Looks. */
  VIEWER,
  /** Starts, cancels, pauses. */
  OPERATOR,
  /** Changes what runs and who may. */
  ADMIN;

  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  Role atMost(Role other) {
    return includes(other) ? other : this;
  }

  /** The name Spring Security knows it by. */
  String authority() {
    return "ROLE_" + name();
  }

  /** As people write it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
