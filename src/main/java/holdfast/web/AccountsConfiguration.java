package holdfast.web;

import holdfast.journal.Audit;
import holdfast.journal.Ids;
import holdfast.journal.Transaction;
import holdfast.plan.Home;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Accounts and tokens, with or without a web server. */
@Configuration(proxyBeanMethods = false)
class AccountsConfiguration {

  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }

  @Bean
  Accounts accounts(
      Transaction journal, PasswordEncoder encoder, Audit audit, InstantSource clock) {
    return new Accounts(journal, encoder, audit, clock);
  }

  @Bean
  Tokens tokens(Transaction journal, Accounts accounts, Ids ids, Audit audit, InstantSource clock) {
    return new Tokens(journal, accounts, ids, audit, clock);
  }

  @Bean
  FirstAdmin firstAdmin(Accounts accounts, Home home) {
    return new FirstAdmin(accounts, home);
  }

  @Bean
  LoginGuard loginGuard(Transaction journal, InstantSource clock) {
    return new LoginGuard(journal, clock);
  }

  @Bean
  Door door(Accounts accounts, LoginGuard guard, PasswordEncoder encoder, Audit audit) {
    return new Door(accounts, guard, encoder, audit);
  }
}
