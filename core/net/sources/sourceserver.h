// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/net/sources/logindesk.h"
#include "core/net/sources/sourceattempts.h"
#include "core/net/sources/sourceconnection.h"
#include "core/net/sources/takeoverwatch.h"
#include "core/net/sources/titleupdate.h"
#include "core/values/sourceattempt.h"

#include <QPointer>

namespace cycast
{

class ShoutcastGreeting;

struct SourceServerOptions {
    QByteArray mount;             ///< "/stream"
    double timeoutSeconds = 10.0; ///< without a byte of audio
    double headerSeconds = 15.0;  ///< for the header lines of Shoutcast v1
    bool hasPassPhrase = true;    ///< false: nobody could be let in, and is told so
};

/// The place that sources want.
struct StageView {
    bool isTaken = false;
    bool isSending = false; ///< whoever has it sent something within the last seconds
    QString holder;         ///< "192.168.1.7, butt 0.1.37"
};

/// Decides who may broadcast: SOURCE and PUT on the mount, Shoutcast v1, titles on /admin/metadata and
/// /admin.cgi. Checks the password before it says anything else. Lives in the station's thread.
class SourceServer : public QObject
{
    Q_OBJECT

public:
    /// `desk` and `lobby` outlive this. `stage` is asked per request.
    SourceServer(LoginDesk &desk, Lobby &lobby, std::function<StageView()> stage, QObject *parent = nullptr);

    void setOptions(const SourceServerOptions &options);
    /// Whether a request belongs here rather than to the listeners' side.
    static bool handles(const HttpRequest &request);
    /// Whether it comes from a program that broadcasts: a source, or its titles.
    static bool isFromSource(const HttpRequest &request);
    void handle(Arrival &&arrival);
    /// Turns a source away that came to the wrong port; `sentence` names the right one.
    void refuseHere(Arrival &&arrival, const Sentence &sentence);
    /// Tells of somebody at the sources' port whose request could not be read. As often as it is called.
    /// A source that was accepted has sent nothing that can be broadcast.
    void reportUnplayable(const SourceDescription &source, const Sentence &reason);
    void reportUnreadable(const Refusal &refusal);
    /// Ends the connections that are still being welcomed.
    void closeAll();

signals:
    /// Authorised; not started yet. The receiver owns it.
    void sourceArrived(cycast::SourceConnection *source);
    void titleArrived(const cycast::TitleUpdate &title);
    void attempted(const cycast::SourceAttempt &attempt);

private:
    using Outcome = SourceAttempt::Outcome;

    void answer(Arrival &&arrival, HttpResponse response, int delayMs = 0);
    void refuseLogin(Arrival &&arrival, const Logins::Check &login);
    void acceptSource(Arrival &&arrival);
    void greetShoutcast(Arrival &&arrival);
    void refuseShoutcast(Arrival &&arrival);
    void welcomeShoutcast(Arrival &&arrival, const QByteArray &user);
    /// The password was right.
    void admit(Arrival &&arrival, const QByteArray &user);
    void turnAway(Arrival &&arrival, Outcome outcome, int status, const Sentence &sentence, int delayMs = 0);
    void updateTitle(Arrival &&arrival);
    void takeTitle(Arrival &&arrival);
    void report(const Arrival &arrival, Outcome outcome, const Sentence &sentence);
    void reportAll(const QList<SourceAttempt> &attempts);

    LoginDesk &m_desk;
    Lobby &m_lobby;
    std::function<StageView()> m_stage;
    SourceServerOptions m_options;
    TakeoverWatch m_takeovers;
    SourceAttempts m_attempts;
    QTimer m_waiting;                      ///< runs while an attempt is held back
    QPointer<ShoutcastGreeting> m_welcome; ///< its password was right, its headers are on their way
    std::optional<TitleUpdate> m_early;    ///< title of the source that is being welcomed
};

} // namespace cycast
