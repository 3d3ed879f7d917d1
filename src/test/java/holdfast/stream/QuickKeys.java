package holdfast.stream;

import holdfast.plan.KeySpec;
import holdfast.plan.Origin;
import holdfast.plan.SecretRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** A key ring whose keys need no passphrase, for tests that open hundreds of thousands of times. */
public final class QuickKeys {

  private static final char[] ANY = "any passphrase".toCharArray();

  private QuickKeys() {}

  /** One recipient, {@code operations}, that it can open for, and a key that signs. */
  public static KeyRing in(Path folder) throws IOException {
    var now = InstantSource.system().instant();
    var made = KeyMaker.make(folder, "operations", KeyMaker.Use.ENCRYPT, ANY.clone(), now);
    var signs = KeyMaker.make(folder, "signing", KeyMaker.Use.SIGN, ANY.clone(), now);
    SecretRef none = new SecretRef(SecretRef.Kind.ENV, "right");
    return new KeyRing(
        new KeySpec(
            Map.of("operations", made.publicFile()),
            Ring.unlocked(signs.secretFile(), ANY.clone()),
            none,
            Ring.unlocked(made.secretFile(), ANY.clone()),
            none,
            new Origin(Path.of("application.yml"), 1)),
        Ring.secrets(),
        InstantSource.system());
  }
}
