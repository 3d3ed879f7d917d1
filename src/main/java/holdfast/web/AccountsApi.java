package holdfast.web;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Users and their tokens for programs. */
@ApiController
@RequestMapping("/api/v1")
class AccountsApi {

  /** Without a password one is generated. */
  record NewUser(String name, String role, @Nullable String password) {}

  /** {@code password} only where it was generated, this once. */
  record Added(String name, Role role, @Nullable String password) {}

  record UserChange(@Nullable String role, @Nullable String password) {}

  record NewToken(String owner, String label, String role, @Nullable Long expiresInDays) {}

  /** {@code secret} is the token itself, this once. */
  record Issued(Tokens.Token token, String secret) {}

  private final Accounts accounts;
  private final Tokens tokens;
  private final FirstAdmin firstAdmin;

  AccountsApi(Accounts accounts, Tokens tokens, FirstAdmin firstAdmin) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.firstAdmin = firstAdmin;
  }

  @Needs(Role.ADMIN)
  @GetMapping("/users")
  List<Account> users() {
    return accounts.all();
  }

  @Needs(Role.ADMIN)
  @PostMapping("/users")
  @ResponseStatus(HttpStatus.CREATED)
  Added add(@RequestBody NewUser user, Principal caller) {
    Role role = Given.role(user.role());
    boolean generated = user.password() == null;
    String password = generated ? firstAdmin.generated() : user.password();
    String name = Given.text("name", user.name());
    accounts.add(name, password, role, generated, caller.getName());
    return new Added(name, role, generated ? password : null);
  }

  @Needs(Role.ADMIN)
  @PatchMapping("/users/{name}")
  Account change(@PathVariable String name, @RequestBody UserChange change, Principal caller) {
    if (change.role() != null) {
      accounts.changeRole(name, Given.role(change.role()), caller.getName());
    }
    if (change.password() != null) {
      accounts.changePassword(name, change.password(), false, caller.getName());
      firstAdmin.changed(name);
    }
    return accounts.find(name).orElseThrow(() -> new NotThere("There is no user " + name + "."));
  }

  @Needs(Role.ADMIN)
  @DeleteMapping("/users/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String name, Principal caller) {
    accounts.remove(name, caller.getName());
  }

  @Needs(Role.ADMIN)
  @GetMapping("/tokens")
  List<Tokens.Token> tokens() {
    return tokens.all();
  }

  @Needs(Role.ADMIN)
  @PostMapping("/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  Issued issue(@RequestBody NewToken token, Principal caller) {
    Duration life = token.expiresInDays() == null ? null : Given.days(token.expiresInDays());
    Tokens.Issued issued =
        tokens.issue(
            Given.text("owner", token.owner()),
            Given.text("label", token.label()),
            Given.role(token.role()),
            life,
            caller.getName());
    return new Issued(issued.token(), issued.secret().reveal());
  }

  @Needs(Role.ADMIN)
  @DeleteMapping("/tokens/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id, Principal caller) {
    tokens.revoke(id, caller.getName());
  }
}
