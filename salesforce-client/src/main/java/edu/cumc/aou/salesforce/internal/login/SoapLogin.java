package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.internal.repeat.Gateway;
import java.io.StringWriter;
import java.util.function.Supplier;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The SOAP login; everything after it goes over REST. */
final class SoapLogin implements LoginFlow {

  private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String PARTNER = "urn:partner.soap.sforce.com";

  private final Gateway gateway;
  private final Supplier<LoginApi> api;
  private final SalesforceSettings settings;
  private final SalesforceAuth.SoapPassword auth;

  SoapLogin(
      Gateway gateway,
      Supplier<LoginApi> api,
      SalesforceSettings settings,
      SalesforceAuth.SoapPassword auth) {
    this.gateway = gateway;
    this.api = api;
    this.settings = settings;
    this.auth = auth;
  }

  @Override
  public Session login() {
    SoapAnswer answer =
        gateway.login(() -> api.get().soapLogin(settings.loginApiVersion(), envelope()));
    if (answer.text("passwordExpired").equals("true")) {
      throw new SalesforceException(
          Kind.AUTHENTICATION,
          "the integration user's password has expired; set a new one in Salesforce");
    }
    String sessionId = answer.text("sessionId");
    if (sessionId.isEmpty()) {
      throw new SalesforceException(
          Kind.PROTOCOL, "the login's answer holds no session; check the login address");
    }
    return Session.of(
        Secret.of(sessionId),
        answer.text("serverUrl"),
        settings.loginUrl(),
        LoginIdentity.of(answer));
  }

  private String envelope() {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("env", "Envelope", ENVELOPE);
      xml.writeNamespace("env", ENVELOPE);
      xml.writeNamespace("urn", PARTNER);
      xml.writeStartElement("env", "Header", ENVELOPE);
      xml.writeStartElement("urn", "CallOptions", PARTNER);
      element(xml, "client", settings.clientName());
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeStartElement("env", "Body", ENVELOPE);
      xml.writeStartElement("urn", "login", PARTNER);
      element(xml, "username", auth.username());
      element(xml, "password", auth.password().reveal() + auth.securityToken().reveal());
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new SalesforceException(
          Kind.CONFIGURATION,
          "user name or password holds a character that XML does not know; use another password");
    }
    return out.toString();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement("urn", name, PARTNER);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
