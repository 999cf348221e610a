package edu.cumc.aou.simulator.salesforce.soap;

import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.http.NotServed;
import edu.cumc.aou.simulator.salesforce.http.OpenSession;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.http.Versions;
import edu.cumc.aou.simulator.salesforce.login.CredentialCheck;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import edu.cumc.aou.simulator.salesforce.login.LoginSettings;
import edu.cumc.aou.simulator.salesforce.login.OpenSessions;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.OrgSeed;
import java.io.IOException;
import java.io.StringReader;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * {@code /services/Soap/u} and {@code /services/Soap/c}: login by user name, password and security
 * token, logout, and undelete, which the REST API lacks. Serves no other call.
 */
public final class SoapResource implements Resource {
  private static final String XML = "text/xml;charset=UTF-8";
  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String PARTNER = "urn:partner.soap.sforce.com";
  private static final String ENTERPRISE = "urn:enterprise.soap.sforce.com";

  private static final String NOT_SERVED =
      "No operation available for request. The Salesforce simulator has login(), logout()"
          + " and undelete() only; "
          + NotServed.PAGE;

  private final CredentialCheck logins;
  private final OpenSessions sessions;
  private final SoapRecycleBin bin;
  private final boolean sandbox;
  private final ZoneId timeZone;

  public SoapResource(
      CredentialCheck logins,
      OpenSessions sessions,
      LoginSettings settings,
      Org org,
      DailyLimit usage) {
    this.bin = new SoapRecycleBin(org, usage);
    this.logins = logins;
    this.sessions = sessions;
    this.sandbox = settings.sandbox();
    this.timeZone = settings.userTimeZone();
  }

  @Override
  public void register(Router router) {
    router.open("POST", "/services/Soap/u/{version}", call -> serve(call, PARTNER));
    router.open("POST", "/services/Soap/c/{version}", call -> serve(call, ENTERPRISE));
    // The address in the answer of login() names the org at its end.
    router.open("POST", "/services/Soap/u/{version}/{org}", call -> serve(call, PARTNER));
    router.open("POST", "/services/Soap/c/{version}/{org}", call -> serve(call, ENTERPRISE));
    // Metadata, tooling and the like.
    router.open("POST", "/services/Soap/{api}/{version}", call -> clientFault(NOT_SERVED));
    router.open("POST", "/services/Soap/{api}/{version}/{org}", call -> clientFault(NOT_SERVED));
  }

  private Answer serve(Call call, String namespace) {
    String version = call.parameter("version");
    int number = Versions.parse(version).filter(v -> !version.startsWith("v")).orElse(0);
    if (number < Versions.OLDEST || number > Versions.NEWEST) {
      return unexpected(
          namespace, "UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL");
    }
    if (call.header("SOAPAction").isEmpty()) {
      return clientFault("SOAPAction HTTP header missing");
    }
    Optional<Document> request = parse(call.body());
    if (request.isEmpty()) {
      return clientFault("The request is not a well-formed SOAP message");
    }
    if (request.get().getElementsByTagNameNS(namespace, "login").getLength() == 1) {
      return login(request.get(), namespace, version, number);
    } else if (request.get().getElementsByTagNameNS(namespace, "logout").getLength() == 1) {
      return logout(request.get(), namespace);
    } else if (request.get().getElementsByTagNameNS(namespace, "undelete").getLength() == 1) {
      return undelete(request.get(), namespace);
    }
    return clientFault(NOT_SERVED);
  }

  private Answer undelete(Document request, String namespace) {
    Optional<OpenSession> session =
        sessions.find(text(request, namespace, "sessionId").orElse("").strip());
    if (session.isEmpty()) {
      return noSession(namespace);
    }
    List<String> ids = new ArrayList<>();
    NodeList found = request.getElementsByTagNameNS(namespace, "ids");
    for (int i = 0; i < found.getLength(); i++) {
      ids.add(found.item(i).getTextContent().strip());
    }
    if (ids.size() > SoapRecycleBin.MAX_RECORDS) {
      return unexpected(
          namespace,
          "EXCEEDED_ID_LIMIT",
          "record limit reached. cannot submit more than 200 records into this call");
    }
    return Answer.text(
        200,
        XML,
        envelope(
            " xmlns=\"" + namespace + "\"",
            "<undeleteResponse>"
                + bin.undelete(ids, session.get().userId())
                + "</undeleteResponse>"));
  }

  private Answer login(Document request, String namespace, String version, int number) {
    if (number > Versions.LAST_SOAP_LOGIN) {
      return unexpected(
          namespace,
          "UNSUPPORTED_API_VERSION",
          "login() is not available in API version " + version);
    }
    Optional<String> username = text(request, namespace, "username");
    Optional<String> password = text(request, namespace, "password");
    if (username.isEmpty() || password.isEmpty()) {
      return clientFault("login needs username and password");
    }
    if (!logins.check(username.get(), password.get())) {
      return loginFault(namespace);
    }
    return success(sessions.open(OrgSeed.INTEGRATION_USER), namespace, version);
  }

  private Answer logout(Document request, String namespace) {
    String token = text(request, namespace, "sessionId").orElse("");
    if (!sessions.revoke(token)) {
      return noSession(namespace);
    }
    return Answer.text(
        200, XML, envelope(" xmlns=\"" + namespace + "\"", "<logoutResponse></logoutResponse>"));
  }

  private static Answer noSession(String namespace) {
    return unexpected(
        namespace,
        "INVALID_SESSION_ID",
        "Invalid Session ID found in SessionHeader: Illegal Session");
  }

  private static Optional<Document> parse(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return Optional.of(builder.parse(new InputSource(new StringReader(text))));
    } catch (SAXException e) {
      return Optional.empty();
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException("The platform's XML parser does not work", e);
    }
  }

  private static Optional<String> text(Document request, String namespace, String name) {
    NodeList found = request.getElementsByTagNameNS(namespace, name);
    return found.getLength() == 1 ? Optional.of(found.item(0).getTextContent()) : Optional.empty();
  }

  private Answer success(OpenSession session, String namespace, String version) {
    Credentials credentials = logins.credentials();
    String shortOrg = credentials.organizationId().substring(0, 15);
    String soap = session.instanceUrl() + "/services/Soap/";
    String api = namespace.equals(PARTNER) ? "u/" : "c/";
    String result =
        element("metadataServerUrl", soap + "m/" + version + "/" + shortOrg)
            + element("passwordExpired", "false")
            + element("sandbox", String.valueOf(sandbox))
            + element("serverUrl", soap + api + version + "/" + shortOrg)
            + element("sessionId", session.token())
            + element("userId", session.userId())
            + "<userInfo>"
            + element("organizationId", credentials.organizationId())
            + element("organizationName", "Simulated Org")
            + element("profileId", Ids.of("00e", 1))
            + element("sessionSecondsValid", String.valueOf(sessions.lifetime().toSeconds()))
            + element("userEmail", credentials.username())
            + element("userFullName", "Sync Integration")
            + element("userId", session.userId())
            + element("userLanguage", "en_US")
            + element("userLocale", "en_US")
            + element("userName", credentials.username())
            + element("userTimeZone", timeZone.getId())
            + element("userType", "Standard")
            + "</userInfo>";
    return Answer.text(
        200,
        XML,
        envelope(
            " xmlns=\"" + namespace + "\"",
            "<loginResponse><result>" + result + "</result></loginResponse>"));
  }

  private static Answer loginFault(String namespace) {
    return fault(
        namespace,
        "INVALID_LOGIN",
        "LoginFault",
        "Invalid username, password, security token; or user locked out.");
  }

  private static Answer unexpected(String namespace, String code, String message) {
    return fault(namespace, "sf:" + code, "UnexpectedErrorFault", message);
  }

  /** A fault with its detail; the detail's type tells clients what to throw. */
  private static Answer fault(String namespace, String code, String type, String message) {
    String name = code.replace("sf:", "");
    return Answer.text(
        500,
        XML,
        envelope(
            " xmlns:sf=\""
                + namespace.replace("urn:", "urn:fault.")
                + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            "<soapenv:Fault>"
                + element("faultcode", code)
                + element("faultstring", name + ": " + message)
                + "<detail><sf:"
                + type
                + " xsi:type=\"sf:"
                + type
                + "\">"
                + element("sf:exceptionCode", name)
                + element("sf:exceptionMessage", message)
                + "</sf:"
                + type
                + "></detail></soapenv:Fault>"));
  }

  /** A fault of the message itself, without a detail. */
  private static Answer clientFault(String message) {
    return Answer.text(
        500,
        XML,
        envelope(
            "",
            "<soapenv:Fault>"
                + element("faultcode", "soapenv:Client")
                + element("faultstring", message)
                + "</soapenv:Fault>"));
  }

  private static String envelope(String namespaces, String body) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope xmlns:soapenv=\""
        + SOAP
        + "\""
        + namespaces
        + "><soapenv:Body>"
        + body
        + "</soapenv:Body></soapenv:Envelope>";
  }

  static String element(String name, String text) {
    return "<" + name + ">" + escape(text) + "</" + name + ">";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
