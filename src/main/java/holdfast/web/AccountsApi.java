package holdfast.web;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
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

  record NewToken(String name, String role, @Nullable String owner, @Nullable Long expiresInDays) {}

  /** {@code token} is the token itself, this once. */
  record Issued(
      String id, String name, String owner, Role role, @Nullable Instant expiresAt, String token) {}

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
            token.owner() == null ? owner(caller) : token.owner(),
            Given.text("name", token.name()),
            Given.role(token.role()),
            life,
            caller.getName());
    Tokens.Token made = issued.token();
    return new Issued(
        made.id(),
        made.name(),
        made.owner(),
        made.role(),
        made.expiresAt(),
        issued.secret().reveal());
  }

  @Needs(Role.ADMIN)
  @DeleteMapping("/tokens/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id, Principal caller) {
    tokens.revoke(id, caller.getName());
  }

  /** Whoever asks owns the token; for the command line on this host, an admin does. */
  private String owner(Principal caller) {
    return accounts.all().stream()
        .filter(
            account ->
                account.name().equals(caller.getName())
                    || (caller.getName().equals(ServiceToken.ACTOR)
                        && account.role() == Role.ADMIN))
        .findFirst()
        .map(Account::name)
        .orElseThrow(
            () ->
                new RunException(
                    Code.INVALID, "owner", false, "Name the owner of the token: a user."));
  }
}
