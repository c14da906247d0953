// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/announce/announcer.h"

#include "core/base/escaping.h"
#include "core/base/filewriter.h"
#include "core/base/log.h"
#include "core/base/monotonic.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr int callMs = 10'000;
constexpr int directoryMs = 6'000;
constexpr qint64 mostFileBytes = 64 * 1024;

QJsonObject readObject(const QString &path)
{
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly) || file.size() > mostFileBytes)
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

DirectoryStatus::State stateOf(YpListing::State state)
{
    switch (state) {
    case YpListing::State::Waiting:
        return DirectoryStatus::State::Waiting;
    case YpListing::State::Listed:
        return DirectoryStatus::State::Listed;
    case YpListing::State::Refused:
        return DirectoryStatus::State::Refused;
    case YpListing::State::Unreachable:
        return DirectoryStatus::State::Unreachable;
    case YpListing::State::Off:
        break;
    }
    return DirectoryStatus::State::Off;
}

} // namespace

Announcer::Announcer(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_web(callMs)
    , m_directoryWeb(directoryMs)
{
    load();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Announcer::proceed);
}

Announcer::~Announcer() = default;

void Announcer::load()
{
    const QJsonObject kept = readObject(m_file);
    m_update = AddressUpdate(kept.value(u"update"_s).toString().toLatin1());
    const QJsonObject listing = kept.value(u"listing"_s).toObject();
    const QDateTime at = QDateTime::fromString(listing.value(u"at"_s).toString(), Qt::ISODate);
    if (at.isValid())
        m_listing.restore({listing.value(u"directory"_s).toString(),
                           listing.value(u"listen_url"_s).toString(),
                           listing.value(u"sid"_s).toString().toLatin1(),
                           std::clamp(listing.value(u"touch_seconds"_s).toInt(), 1, 86'400)},
                          at.msecsTo(QDateTime::currentDateTimeUtc()));
}

void Announcer::save()
{
    if (m_file.isEmpty())
        return;
    QJsonObject kept{{u"update"_s, QString::fromLatin1(m_update.fingerprint())}};
    if (const YpListing::Kept &listing = m_listing.kept(); !listing.sid.isEmpty())
        kept.insert(u"listing"_s,
                    QJsonObject{{u"directory"_s, listing.directory},
                                {u"listen_url"_s, listing.listenUrl},
                                {u"sid"_s, QString::fromLatin1(listing.sid)},
                                {u"touch_seconds"_s, listing.touchSeconds},
                                {u"at"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}});
    FileWriter::shared().write(m_file, [kept] { return QJsonDocument(kept).toJson(); },
                               {.permissions = QFileDevice::ReadOwner | QFileDevice::WriteOwner});
}

void Announcer::follow(const Announcements &now)
{
    if (now == m_now)
        return;
    m_now = now;
    m_update.setPattern(now.updateUrl);
    m_update.setAddresses(now.ipv4, now.ipv6);
    m_listing.setStation(now.directory, now.listing, monotonicMs());
    m_listing.setMoment(now.moment, monotonicMs());
    proceed();
}

void Announcer::proceed()
{
    if (const auto url = m_update.take(monotonicMs())) {
        qCInfo(lcStation).noquote() << u"The public address has changed: telling the address in "
                                       "reach.update_url."_s;
        m_web.get(*url, [this](const WebAnswer &answer) { takeUpdate(answer); });
    }
    if (const auto request = m_listing.take(monotonicMs()))
        m_directoryWeb.post(QUrl(request->directory), "application/x-www-form-urlencoded", request->body,
                            [this](const WebAnswer &answer) { takeListing(answer); });
    std::optional<qint64> dueMs = m_update.dueMs();
    if (const auto listing = m_listing.dueMs())
        dueMs = std::min(*listing, dueMs.value_or(*listing));
    if (!dueMs)
        m_timer.stop();
    else
        m_timer.start(static_cast<int>(std::clamp<qint64>(*dueMs - monotonicMs(), 0, 3'600'000)));
    tellDirectory();
}

// Neither the address nor what the server says of it is logged: both may hold the secret.
void Announcer::takeUpdate(const WebAnswer &answer)
{
    const AddressUpdate::Answer meaning = AddressUpdate::meaningOf(answer.status, answer.body);
    m_update.answered(meaning, monotonicMs());
    if (meaning == AddressUpdate::Answer::Done) {
        qCInfo(lcStation).noquote() << u"The name of the station leads to its new public address."_s;
        save();
    } else if (meaning == AddressUpdate::Answer::Refused) {
        qCWarning(lcStation).noquote()
            << u"The address in reach.update_url was refused (status %1): check its name and its secret. It "
               "is not called again before it or the public address changes."_s.arg(answer.status);
    } else {
        qCWarning(lcStation).noquote()
            << u"The address in reach.update_url could not be told the new public address: %1. It is called "
               "again later."_s.arg(answer.status == 0 ? answer.problem : u"status %1"_s.arg(answer.status));
    }
    proceed();
}

void Announcer::takeListing(const WebAnswer &answer)
{
    const auto before = m_listing.state();
    m_listing.answered(ypAnswerOf(answer), monotonicMs());
    save();
    const auto now = m_listing.state();
    const QString said = logEscaped(m_listing.lastAnswer());
    if (now != before && now == YpListing::State::Listed)
        qCInfo(lcStation).noquote() << u"The public directory lists the station."_s;
    else if (now == YpListing::State::Refused)
        qCWarning(lcStation).noquote() << u"The public directory refuses the station: %1."_s.arg(said);
    else if (now == YpListing::State::Unreachable)
        qCWarning(lcStation).noquote() << u"The public directory does not answer: %1."_s.arg(said);
    proceed();
}

void Announcer::tellDirectory()
{
    DirectoryStatus status;
    status.state = stateOf(m_listing.state());
    status.answer = m_listing.lastAnswer();
    if (status.state == DirectoryStatus::State::Off)
        status.why = m_now.whyNotListed;
    else if (const auto dueMs = m_listing.dueMs())
        status.nextAttempt = QDateTime::currentDateTime().addMSecs(*dueMs - monotonicMs());
    // Clocks that are read one after the other differ by a little.
    const bool isSameTime = status.nextAttempt.isValid() == m_directory.nextAttempt.isValid() &&
                            qAbs(status.nextAttempt.msecsTo(m_directory.nextAttempt)) < 1'000;
    if (isSameTime)
        status.nextAttempt = m_directory.nextAttempt;
    if (status == m_directory)
        return;
    m_directory = status;
    emit directoryChanged(m_directory);
}

} // namespace cycast
