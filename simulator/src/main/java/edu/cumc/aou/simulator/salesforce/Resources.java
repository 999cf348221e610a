package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.bulk.IngestResource;
import edu.cumc.aou.simulator.salesforce.bulk.QueryJobResource;
import edu.cumc.aou.simulator.salesforce.bulk.StoredJobs;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.login.CredentialCheck;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import edu.cumc.aou.simulator.salesforce.login.JwtAssertions;
import edu.cumc.aou.simulator.salesforce.login.OpenSessions;
import edu.cumc.aou.simulator.salesforce.login.RevokeResource;
import edu.cumc.aou.simulator.salesforce.login.TokenResource;
import edu.cumc.aou.simulator.salesforce.login.UserInfoResource;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.rest.BatchResource;
import edu.cumc.aou.simulator.salesforce.rest.CollectionsResource;
import edu.cumc.aou.simulator.salesforce.rest.CompositeResource;
import edu.cumc.aou.simulator.salesforce.rest.DescribeResource;
import edu.cumc.aou.simulator.salesforce.rest.ExternalIdResource;
import edu.cumc.aou.simulator.salesforce.rest.FeedResource;
import edu.cumc.aou.simulator.salesforce.rest.LimitsResource;
import edu.cumc.aou.simulator.salesforce.rest.QueryResource;
import edu.cumc.aou.simulator.salesforce.rest.RecordResource;
import edu.cumc.aou.simulator.salesforce.rest.RetrieveResource;
import edu.cumc.aou.simulator.salesforce.rest.SubRequests;
import edu.cumc.aou.simulator.salesforce.rest.ToolingResource;
import edu.cumc.aou.simulator.salesforce.rest.TreeResource;
import edu.cumc.aou.simulator.salesforce.rest.VersionsResource;
import edu.cumc.aou.simulator.salesforce.soap.SoapResource;
import java.util.List;

/** Everything that the org serves, in one router. */
final class Resources {
  private Resources() {}

  static Router router(
      Settings settings,
      Org org,
      OpenSessions sessions,
      CredentialCheck logins,
      Credentials credentials,
      DailyLimit usage) {
    Router router = new Router();
    SubRequests subRequests = new SubRequests(org, router);
    StoredJobs jobs = new StoredJobs(settings.org().clock(), settings.bulk());
    org.schedule(jobs);
    QueryResource queries = new QueryResource(org, settings.pageSize());
    List<Resource> resources =
        List.of(
            new SoapResource(logins, sessions, settings.login(), org, usage),
            new TokenResource(
                logins,
                sessions,
                new JwtAssertions(settings.login(), credentials),
                settings.login()),
            new RevokeResource(logins, sessions),
            new UserInfoResource(org, sessions),
            new VersionsResource(org),
            new LimitsResource(org, usage, jobs.batches(), jobs.queries()),
            new DescribeResource(org),
            new FeedResource(org),
            new RecordResource(org),
            new ExternalIdResource(org, queries),
            new CollectionsResource(org, settings.bindingErrorsPerRow()),
            new RetrieveResource(org),
            queries,
            new ToolingResource(org, settings.pageSize()),
            new IngestResource(org, jobs, settings.bulk()),
            new QueryJobResource(org, jobs, settings.bulk()),
            new CompositeResource(org, subRequests),
            new BatchResource(subRequests, usage),
            new TreeResource(org));
    resources.forEach(resource -> resource.register(router));
    return router;
  }
}
