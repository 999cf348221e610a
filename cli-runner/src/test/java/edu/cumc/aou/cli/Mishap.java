package edu.cumc.aou.cli;

import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.run.RunServices;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that goes wrong with a run, in words that quote personal data wherever the other side
 * would.
 *
 * @param begin lets it go wrong
 * @param end lets it go right again
 */
record Mishap(String name, Consumer<PlantedSite> begin, Consumer<PlantedSite> end) {

  private static final String WRITES = ".+/composite/.*";
  private static final String QUERIES = ".+/query.*";
  private static final Map<String, String> XML = Map.of("Content-Type", "text/xml");

  /** All of them. */
  static List<Mishap> all() {
    List<Mishap> all = new ArrayList<>();
    // these stop a run before it has anything to go on with, so they come first
    all.add(
        sql(
            "store refuses a PMI ID and says which",
            "ALTER TABLE dbo.sync_change ALTER COLUMN pmi_id VARCHAR(3)",
            "ALTER TABLE dbo.sync_change ALTER COLUMN pmi_id NVARCHAR(128)"));
    all.add(
        sql(
            "store refuses values and says which",
            "ALTER TABLE dbo.sync_change_values ALTER COLUMN new_values VARCHAR(10)",
            "ALTER TABLE dbo.sync_change_values ALTER COLUMN new_values NVARCHAR(1000000)"));
    all.add(
        new Mishap(
            "source cannot convert a name and says which",
            p -> {
              p.source(
                  "CREATE OR REPLACE VIEW dbo.broken AS SELECT * EXCEPT ([Last Name_HP]),"
                      + " CAST([Last Name_HP] AS INT) AS [Last Name_HP]"
                      + " FROM dbo.vw_reporting_base");
              p.site.configure("source.contacts = \"dm_aou.dbo.broken\"");
            },
            p -> p.site.configure("")));
    all.add(
        new Mishap(
            "guard",
            p -> p.site.configure("guards.max-updates { number = 1, share = 1% }"),
            p -> p.site.configure("")));
    for (String code :
        List.of(
            "STRING_TOO_LONG",
            "INVALID_EMAIL_ADDRESS",
            "DUPLICATE_VALUE",
            "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "JSON_PARSER_ERROR",
            "INVALID_FIELD",
            "UNABLE_TO_LOCK_ROW",
            "A_CODE_NOBODY_KNOWS")) {
      all.add(salesforce("write refused: " + code, WRITES, code));
    }
    all.add(salesforce("query refused", QUERIES, "MALFORMED_QUERY"));
    all.add(fault("page for a query", QUERIES, p -> Fault.html(200)));
    all.add(fault("page for a write", WRITES, p -> Fault.html(502)));
    all.add(
        fault(
            "answer that is no JSON",
            QUERIES,
            p ->
                Fault.answer(
                    200,
                    Map.of("Content-Type", "application/json"),
                    "{\"records\": [ {\"LastName\": \"" + p.canaries.plant("broken answer"))));
    all.add(fault("unavailable", WRITES, p -> Fault.unavailable(Duration.ofSeconds(1))));
    all.add(fault("calls used up", QUERIES, p -> Fault.requestLimitExceeded()));
    all.add(fault("session over", WRITES, p -> Fault.expiredSession()));
    all.add(fault("lost answer", WRITES, p -> Fault.resetAfterApply()));
    all.add(fault("reset", WRITES, p -> Fault.resetBeforeApply()));
    all.add(fault("cut answer", WRITES, p -> Fault.truncatedBody()));
    all.add(fault("empty answer", WRITES, p -> Fault.emptyAnswer()));
    all.add(
        fault(
            "login refused",
            "/services/Soap/.+",
            p ->
                Fault.answer(
                    500,
                    XML,
                    "<?xml version=\"1.0\"?><soapenv:Envelope"
                        + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns:sf=\"urn:fault.partner.soap.sforce.com\"><soapenv:Body>"
                        + "<soapenv:Fault><faultcode>sf:INVALID_LOGIN</faultcode><faultstring>"
                        + p.canaries.plant("fault string")
                        + "</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>")));
    all.add(new Mishap("defect", Mishap::breakCrm, p -> p.site.edges(services -> services)));
    return List.copyOf(all);
  }

  private static Mishap salesforce(String name, String path, String code) {
    return fault(
        name, path, p -> Fault.error(400, code, "bad value: " + p.canaries.plant("message")));
  }

  private static Mishap fault(String name, String path, Function<PlantedSite, Fault> fault) {
    return new Mishap(
        name,
        p -> {
          p.site.org.expireSessions();
          p.site.org.faults().on("*", path, n -> n <= 2, fault.apply(p));
        },
        p -> p.site.org.faults().clear());
  }

  private static Mishap sql(String name, String breaks, String repairs) {
    return new Mishap(
        name,
        p -> {
          p.store("DELETE FROM dbo.sync_change");
          p.store("DELETE FROM dbo.sync_change_values");
          p.store(breaks);
        },
        p -> p.store(repairs));
  }

  private static void breakCrm(PlantedSite planted) {
    String text = planted.canaries.plant("defect");
    planted.site.edges(
        services ->
            new RunServices(
                services.source(),
                breaking(services.crm(), text),
                services.store(),
                services.clock(),
                services.pause(),
                services.listener()));
  }

  private static Crm breaking(Crm crm, String text) {
    return (Crm)
        Proxy.newProxyInstance(
            Crm.class.getClassLoader(),
            new Class<?>[] {Crm.class},
            (proxy, method, args) -> {
              if (method.getName().startsWith("update")) {
                RuntimeException failure =
                    new IllegalStateException(text, new IllegalArgumentException(text));
                failure.addSuppressed(new IllegalStateException(text));
                throw failure;
              }
              try {
                return method.invoke(crm, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public String toString() {
    return name;
  }
}
