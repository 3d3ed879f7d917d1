package holdfast.web;

import java.io.Serializable;
import java.security.Principal;

/** A session's principal: a user and the version of the account that signed in. */
record SignedIn(String name, long stamp) implements Principal, Serializable {

  @Override
  public String getName() {
    return name;
  }
}
