package holdfast.web;

import holdfast.plan.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/**
 * Makes the account {@code admin} where there is none yet; its password stands in {@code
 * .holdfast/admin.password} until it is changed.
 */
final class FirstAdmin implements InitializingBean {

  static final String NAME = "admin";
  private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int GROUPS = 5;
  private static final int GROUP = 5;

  private final Accounts accounts;
  private final Path file;
  private final SecureRandom random = new SecureRandom();

  FirstAdmin(Accounts accounts, Home home) {
    this.accounts = accounts;
    this.file = home.state().resolve("admin.password");
  }

  @Override
  public void afterPropertiesSet() {
    if (!accounts.all().isEmpty()) {
      return;
    }
    String password = generated();
    try {
      PrivateFile.write(file, (password + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
    accounts.add(NAME, password, Role.ADMIN, true, "holdfast");
    LOG.info("The first user is {}; the password stands in {}", NAME, file);
  }

  /** A password that a person can copy from one screen to another. */
  String generated() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      password.append(i > 0 && i % GROUP == 0 ? "-" : "");
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  /** The first password is no longer in force. */
  void changed(String name) {
    if (name.equals(NAME)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("Cannot remove {}, which holds a password that is no longer in force", file);
      }
    }
  }
}
