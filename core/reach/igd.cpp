// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reach/igd.h"

#include "core/reach/addressclass.h"
#include "core/reach/ssdp.h"

#include <QTcpSocket>
#include <QUdpSocket>

#include <miniupnpc/miniupnpc.h>
#include <miniupnpc/upnpcommands.h>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast::igd
{
namespace
{

constexpr int patienceMs = 2'500;
constexpr int wavesMs[] = {500, 700, 900, 1'100};
/// One household, and some noise.
constexpr int mostAnswers = 64;
constexpr qsizetype longestDescription = 256 * 1024;
constexpr char tcp[] = "TCP";
constexpr char tcpNumber[] = "6";
constexpr char name[] = "Cycast Desktop";

/// What the library writes its answers into; the longest that it writes is 80 bytes.
using Field = std::array<char, 128>;

QString textOf(Field &field)
{
    field.back() = '\0';
    return QString::fromLatin1(field.data());
}

/// The body, when all of what was announced has come.
std::optional<QByteArray> contentOf(const QByteArray &answer)
{
    const qsizetype head = answer.indexOf("\r\n\r\n");
    const qsizetype at = answer.first(qMax<qsizetype>(0, head)).toLower().indexOf("\r\ncontent-length:");
    if (head < 0 || at < 0)
        return {};
    const qsizetype from = at + 17;
    bool ok = false;
    const qint64 size = answer.sliced(from, answer.indexOf("\r\n", from) - from).trimmed().toLongLong(&ok);
    if (!ok || size < 0 || answer.size() - head - 4 < size)
        return {};
    return answer.sliced(head + 4, size);
}

class Urls
{
public:
    Urls() = default;
    ~Urls() { FreeUPNPUrls(&m_urls); }
    Urls(const Urls &) = delete;
    Urls &operator=(const Urls &) = delete;
    UPNPUrls *get() { return &m_urls; }

private:
    UPNPUrls m_urls{};
};

QByteArray ifAt(const char *url, const QHostAddress &host)
{
    const QUrl parsed = url == nullptr ? QUrl() : QUrl::fromEncoded(QByteArray(url), QUrl::StrictMode);
    const bool isThere = parsed.isValid() && parsed.scheme() == "http"_L1 &&
                         plainAddress(QHostAddress(parsed.host())) == plainAddress(host);
    return isThere ? QByteArray(url) : QByteArray();
}

/// What a small web server says of itself, to one who takes no more than that.
QByteArray fetched(const QUrl &url, QDeadlineTimer deadline)
{
    QTcpSocket socket;
    const QDeadlineTimer until(std::min<qint64>(patienceMs, deadline.remainingTime()));
    socket.connectToHost(QHostAddress(url.host()), static_cast<quint16>(url.port(80)));
    if (!socket.waitForConnected(static_cast<int>(until.remainingTime())))
        return {};
    socket.write("GET " + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment) +
                 " HTTP/1.0\r\nHost: " + url.authority(QUrl::FullyEncoded).toLatin1() + "\r\n\r\n");
    QByteArray answer;
    while (answer.size() < longestDescription && !contentOf(answer) && !until.hasExpired() &&
           (socket.bytesAvailable() > 0 || socket.waitForReadyRead(static_cast<int>(until.remainingTime()))))
        answer += socket.read(longestDescription - answer.size());
    const qsizetype head = answer.indexOf("\r\n\r\n");
    return contentOf(answer).value_or(head < 0 ? QByteArray() : answer.sliced(head + 4));
}

/// The descriptions to read, the gateway's first.
QList<QUrl> searched(const QHostAddress &own, const routes::Gateway &gateway, QDeadlineTimer deadline)
{
    QUdpSocket socket;
    if (!socket.bind(own, 0))
        return {};
    socket.setSocketOption(QAbstractSocket::MulticastTtlOption, 2);
    const bool isV4 = own.protocol() == QAbstractSocket::IPv4Protocol;
    const QHostAddress group = isV4 ? ssdp::group4() : ssdp::group6(gateway.interface);
    QList<QUrl> found;
    int answers = 0;
    for (const int waitMs : wavesMs) {
        for (const QByteArray &search : ssdp::searches(isV4)) {
            socket.writeDatagram(search, group, ssdp::port);
            socket.writeDatagram(search, gateway.address,
                                 ssdp::port); // a firewall knows the answer to this one
        }
        const QDeadlineTimer until(std::min<qint64>(waitMs, deadline.remainingTime()));
        while (!until.hasExpired() && answers < mostAnswers) {
            if (!socket.hasPendingDatagrams() &&
                !socket.waitForReadyRead(static_cast<int>(until.remainingTime())))
                continue;
            QByteArray datagram(4'096, Qt::Uninitialized);
            QHostAddress sender;
            const qint64 size = socket.readDatagram(datagram.data(), datagram.size(), &sender);
            ++answers;
            const QUrl url =
                size > 0 ? ssdp::location(datagram.first(size), sender, gateway.address, own) : QUrl();
            if (url.isEmpty() || found.contains(url))
                continue;
            if (plainAddress(sender) == plainAddress(gateway.address)) {
                found.prepend(url);
                return found;
            }
            found.append(url);
        }
        if (!found.isEmpty() || deadline.hasExpired())
            break;
    }
    return found;
}

std::optional<Router> describedAt(const QUrl &location, QDeadlineTimer deadline)
{
    const Router router = described(fetched(location, deadline), location);
    return router.isEmpty() ? std::nullopt : std::optional(router);
}

QByteArray text(quint32 number)
{
    return QByteArray::number(number);
}

} // namespace

Router described(const QByteArray &xml, const QUrl &location)
{
    IGDdatas data{};
    parserootdesc(xml.constData(), static_cast<int>(xml.size()), &data);
    Urls urls;
    GetUPNPUrls(urls.get(), &data, location.toEncoded().constData(), 0);
    const QHostAddress host(location.host());
    Router router;
    router.service = QByteArray(data.first.servicetype);
    if (!router.service.contains(":WANIPConnection:") && !router.service.contains(":WANPPPConnection:"))
        return {};
    router.control = ifAt(urls.get()->controlURL, host);
    if (router.isEmpty() || data.first.controlurl[0] == '\0')
        return {};
    if (data.IPv6FC.controlurl[0] != '\0') {
        router.firewallControl = ifAt(urls.get()->controlURL_6FC, host);
        router.firewallService = QByteArray(data.IPv6FC.servicetype);
    }
    return router;
}

std::optional<Router> find(const QHostAddress &own, const routes::Gateway &gateway, QDeadlineTimer deadline)
{
    for (const QUrl &location : searched(own, gateway, deadline)) {
        if (const auto router = describedAt(location, deadline))
            return router;
        if (deadline.hasExpired())
            break;
    }
    return {};
}

Line line(const Router &router)
{
    Line line;
    Field status{};
    Field problem{};
    unsigned int uptime = 0;
    line.error = UPNP_GetStatusInfo(router.control, router.service, status.data(), &uptime, problem.data());
    if (line.error < 0)
        return line;
    line.isConnected = line.error == 0 && textOf(status).compare("Connected"_L1, Qt::CaseInsensitive) == 0;
    Field address{};
    const int error = UPNP_GetExternalIPAddress(router.control, router.service, address.data());
    const QHostAddress external(textOf(address));
    if (error == 0 && addressClass(external) != AddressClass::None)
        line.external = external;
    return line;
}

Entry entry(const Router &router, quint16 external)
{
    Entry entry;
    Field client{};
    Field internal{};
    Field description{};
    Field enabled{};
    Field lease{};
    entry.error = UPNP_GetSpecificPortMappingEntry(router.control, router.service, text(external), tcp,
                                                   nullptr, client.data(), internal.data(),
                                                   description.data(), enabled.data(), lease.data());
    if (entry.error != 0)
        return entry;
    entry.client = QHostAddress(textOf(client));
    entry.internalPort = textOf(internal).toInt();
    entry.leaseSeconds = textOf(lease).toInt();
    return entry;
}

int add(const Router &router, quint16 external, quint16 internal, const QHostAddress &client,
        quint32 leaseSeconds)
{
    return UPNP_AddPortMapping(router.control, router.service, text(external), text(internal),
                               client.toString().toLatin1(), name, tcp, nullptr, text(leaseSeconds));
}

int remove(const Router &router, quint16 external)
{
    return UPNP_DeletePortMapping(router.control, router.service, text(external), tcp, nullptr);
}

Firewall firewall(const Router &router)
{
    Firewall firewall;
    int isOn = 0;
    int allows = 0;
    firewall.error = UPNP_GetFirewallStatus(router.firewallControl, router.firewallService, &isOn, &allows);
    firewall.isOn = isOn != 0;
    firewall.allowsPinholes = allows != 0;
    return firewall;
}

int addPinhole(const Router &router, quint16 port, const QHostAddress &client, quint32 leaseSeconds,
               QByteArray &id)
{
    Field given{};
    const int error =
        UPNP_AddPinhole(router.firewallControl, router.firewallService, "", "0", client.toString().toLatin1(),
                        text(port), tcpNumber, text(leaseSeconds), given.data());
    id = textOf(given).toLatin1();
    return error;
}

int updatePinhole(const Router &router, const QByteArray &id, quint32 leaseSeconds)
{
    return UPNP_UpdatePinhole(router.firewallControl, router.firewallService, id, text(leaseSeconds));
}

int removePinhole(const Router &router, const QByteArray &id)
{
    return UPNP_DeletePinhole(router.firewallControl, router.firewallService, id);
}

} // namespace cycast::igd
