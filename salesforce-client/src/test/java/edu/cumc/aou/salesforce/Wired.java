package edu.cumc.aou.salesforce;

import java.io.IOException;
import java.time.Duration;

/** A client with a ready session at a raw server, in virtual time. */
public final class Wired implements AutoCloseable {

  public static final String TOKEN = "00Dinvented!token.one";
  public static final String CONTACT = "0035500001H9cakAAB";
  public static final String SESSION_ENDED =
      "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]";

  public final RawServer server;
  public final VirtualTime time = new VirtualTime();
  public final Salesforce salesforce;

  public Wired() throws IOException {
    this(Duration.ofSeconds(20));
  }

  public Wired(Duration answerTimeout) throws IOException {
    server = new RawServer();
    salesforce =
        Salesforce.connect(
            SalesforceSettings.builder(
                    new SalesforceAuth.ReadySession(Secret.of(TOKEN), server.uri()))
                .answerTimeout(answerTimeout)
                .build(),
            time.surroundings());
  }

  @Override
  public void close() throws IOException {
    salesforce.close();
    server.close();
  }
}
