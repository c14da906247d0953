// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/announce/ypprotocol.h"

#include "core/base/characters.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype longestSid = 200;
constexpr qsizetype longestMessage = 200;

/// One field of a form.
QByteArray field(const char *name, const QByteArray &value)
{
    return QByteArray(name) + '=' + value.toPercentEncoding();
}

QByteArray field(const char *name, const QString &value)
{
    return field(name, value.toUtf8());
}

QByteArray field(const char *name, int value)
{
    return field(name, value > 0 ? QByteArray::number(value) : QByteArray());
}

/// "samplerate=44100;channels=2", as sources announce it.
QByteArray audioInfo(const YpStation &station)
{
    QByteArrayList parts;
    if (station.bitrateKbps > 0)
        parts += "bitrate=" + QByteArray::number(station.bitrateKbps);
    if (station.channels > 0)
        parts += "channels=" + QByteArray::number(station.channels);
    if (station.sampleRate > 0)
        parts += "samplerate=" + QByteArray::number(station.sampleRate);
    return parts.join(';');
}

} // namespace

QByteArray ypAdd(const YpStation &station)
{
    return QByteArrayList{"action=add",
                          "admin=",
                          field("sn", station.name),
                          field("genre", station.genre),
                          "cpswd=",
                          field("desc", station.description),
                          field("url", station.url),
                          field("listenurl", station.listenUrl),
                          field("type", station.contentType),
                          field("stype", station.subtype),
                          field("b", station.bitrateKbps),
                          field("samplerate", station.sampleRate),
                          field("channels", station.channels),
                          field("audioinfo", audioInfo(station))}
        .join('&');
}

QByteArray ypTouch(const QByteArray &sid, const YpStation &station, const YpMoment &moment)
{
    return QByteArrayList{"action=touch",
                          field("sid", sid),
                          field("st", moment.title),
                          field("listeners", QByteArray::number(std::max(0, moment.listeners))),
                          field("max_listeners", moment.maxListeners),
                          field("stype", station.subtype),
                          field("samplerate", station.sampleRate),
                          field("channels", station.channels)}
        .join('&');
}

QByteArray ypRemove(const QByteArray &sid)
{
    return "action=remove&" + field("sid", sid);
}

YpAnswer ypAnswerOf(const WebAnswer &answer)
{
    YpAnswer result;
    if (answer.status == 0) {
        result.message = answer.problem;
        return result;
    }
    QString said = QString::fromUtf8(answer.header("YPMessage")).left(longestMessage * 2);
    std::replace_if(said.begin(), said.end(), isControlCharacter, u' ');
    result.message = said.simplified().left(longestMessage);
    const QByteArray word = answer.header("YPResponse").trimmed();
    if (word.isEmpty() && answer.status >= 500) {
        result.message = u"status %1"_s.arg(answer.status);
        return result;
    }
    const bool isAccepted = word == "1" && answer.status < 300;
    result.kind = isAccepted ? YpAnswer::Kind::Accepted : YpAnswer::Kind::Refused;
    if (!isAccepted && result.message.isEmpty())
        result.message =
            word.isEmpty() ? u"this is no directory (status %1)"_s.arg(answer.status) : u"without a reason"_s;
    result.sid = answer.header("SID").trimmed().left(longestSid);
    result.touchSeconds = std::clamp(answer.header("TouchFreq").trimmed().toInt(), 0, 86'400);
    return result;
}

} // namespace cycast
