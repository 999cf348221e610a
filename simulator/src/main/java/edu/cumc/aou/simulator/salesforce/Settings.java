package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.salesforce.login.LoginSettings;
import edu.cumc.aou.simulator.salesforce.org.OrgSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The settings of a simulator; {@link SalesforceSimulatorBuilder} explains them. */
record Settings(
    int port,
    OrgSettings org,
    LoginSettings login,
    BulkSettings bulk,
    int dailyApiLimit,
    int pageSize,
    boolean unevenJson,
    boolean localisedMessages,
    boolean bindingErrorsPerRow,
    List<DeclaredFault> faults,
    Consumer<LoggedRequest> listener,
    ServiceTimes serviceTimes,
    boolean showValues,
    Optional<Path> tlsCertificate) {}
