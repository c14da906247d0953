// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/bans.h"

#include "ui/look/humanize.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace cycast::bans
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("Bans", text);
}

/// "::ffff:192.0.2.7" is 192.0.2.7.
QHostAddress plain(const QString &text)
{
    const QHostAddress address(text);
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

} // namespace

bool isEmpty(const Ban &ban)
{
    return ban.address.trimmed().isEmpty() && ban.player.trimmed().isEmpty();
}

bool hits(const Ban &ban, const QString &address, const QString &player, const QDateTime &now)
{
    if (isEmpty(ban) || (ban.until.isValid() && ban.until <= now))
        return false;
    const QString wanted = ban.address.trimmed();
    if (!wanted.isEmpty()) {
        const QHostAddress one = plain(address);
        const bool same = wanted.contains(u'/') ? one.isInSubnet(QHostAddress::parseSubnet(wanted))
                                                : one == plain(wanted) && !one.isNull();
        if (!same)
            return false;
    }
    return player.contains(ban.player.trimmed(), Qt::CaseInsensitive);
}

QString subnetOf(const QString &address)
{
    const QHostAddress one = plain(address);
    if (one.protocol() == QAbstractSocket::IPv4Protocol)
        return QHostAddress(one.toIPv4Address() & 0xffffff00U).toString() + u"/24"_s;
    if (one.protocol() != QAbstractSocket::IPv6Protocol)
        return {};
    Q_IPV6ADDR bytes = one.toIPv6Address();
    for (int i = 8; i < 16; ++i)
        bytes[i] = 0;
    return QHostAddress(bytes).toString() + u"/64"_s;
}

QString addressProblem(const QString &text)
{
    const QString address = text.trimmed();
    if (address.isEmpty())
        return {};
    const bool isFine = address.contains(u'/') ? QHostAddress::parseSubnet(address).second >= 0
                                               : !QHostAddress(address).isNull();
    return isFine ? QString()
                  : tr("\u201c%1\u201d is no address. Write 192.0.2.7, or 192.0.2.0/24 for a subnet.")
                        .arg(address);
}

QString who(const Ban &ban)
{
    const QString player = ban.player.isEmpty() ? QString() : tr("player %1").arg(ban.player);
    QStringList parts{ban.address, player};
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString howLong(const Ban &ban)
{
    return ban.until.isValid()
               ? tr("until %1").arg(humanize::displayLocale().toString(ban.until, QLocale::ShortFormat))
               : tr("for good");
}

QByteArray toJson(const QList<Ban> &bans)
{
    QJsonArray list;
    for (const Ban &ban : bans) {
        QJsonObject object{{u"address"_s, ban.address}, {u"player"_s, ban.player}, {u"note"_s, ban.note}};
        if (ban.until.isValid())
            object.insert(u"until"_s, ban.until.toUTC().toString(Qt::ISODate));
        list.append(object);
    }
    return QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"bans"_s, list}}).toJson();
}

Result<QList<Ban>> fromJson(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(u"byte %1: %2"_s.arg(error.offset).arg(error.errorString()));
    QList<Ban> bans;
    for (const auto value : document.object().value(u"bans"_s).toArray()) {
        const QJsonObject object = value.toObject();
        Ban ban;
        ban.address = object.value(u"address"_s).toString();
        ban.player = object.value(u"player"_s).toString();
        ban.note = object.value(u"note"_s).toString();
        ban.until = QDateTime::fromString(object.value(u"until"_s).toString(), Qt::ISODate);
        if (!isEmpty(ban) && addressProblem(ban.address).isEmpty())
            bans.append(ban);
    }
    return bans;
}

} // namespace cycast::bans
