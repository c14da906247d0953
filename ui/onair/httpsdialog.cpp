// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/httpsdialog.h"

#include "core/station/stationcontrol.h"
#include "ui/look/card.h"
#include "ui/look/humanize.h"
#include "ui/look/plainlabel.h"
#include "ui/look/readablesize.h"
#include "ui/look/sentences.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

QString day(const QDateTime &when)
{
    return humanize::displayLocale().toString(when.toLocalTime(), QLocale::ShortFormat);
}

QString validity(const HttpsStatus &status)
{
    QString text;
    if (status.validUntil.isValid())
        text = HttpsDialog::tr("The certificate is valid until %1.").arg(day(status.validUntil));
    if (status.nextAttempt.isValid())
        text += (text.isEmpty() ? QString() : u" "_s) +
                (status.state == HttpsStatus::State::Failed
                     ? HttpsDialog::tr("The next attempt is on %1.").arg(day(status.nextAttempt))
                     : HttpsDialog::tr("It is renewed by itself on %1.").arg(day(status.nextAttempt)));
    return text;
}

} // namespace

HttpsWords httpsWords(const HttpsStatus &status, bool isWanted)
{
    using State = HttpsStatus::State;
    switch (status.state) {
    case State::Working:
        return {said(status.words), {}, Tone::Neutral};
    case State::InForce:
        return {HttpsDialog::tr("https works for %1.").arg(status.name), validity(status), Tone::Good};
    case State::Failed:
        return {said(status.words), validity(status), Tone::Warning};
    case State::Off:
        break;
    }
    if (!isWanted)
        return {HttpsDialog::tr("The station has no certificate of its own making."), {}, Tone::Neutral};
    return {status.words.isEmpty() ? HttpsDialog::tr("It begins when the station is on the air.")
                                   : said(status.words),
            {},
            Tone::Neutral};
}

HttpsDialog::HttpsDialog(StationControl &control, QWidget *parent)
    : QDialog(parent)
    , m_control(control)
{
    setObjectName(u"httpsDialog"_s);
    setWindowTitle(tr("Use https"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(12);
    addForm(*column);
    addState(*column);
    column->addStretch(1);
    auto *buttons = new QHBoxLayout;
    m_go = new QPushButton(this);
    m_go->setObjectName(u"getCertificate"_s);
    m_go->setDefault(true);
    m_off = new QPushButton(tr("Switch it &off"), this);
    m_off->setObjectName(u"httpsOff"_s);
    auto *close = new QPushButton(tr("Close"), this);
    for (QPushButton *button : {m_off, close})
        button->setAutoDefault(false);
    buttons->addWidget(m_go);
    buttons->addWidget(m_off);
    buttons->addStretch(1);
    buttons->addWidget(close);
    column->addLayout(buttons);
    connect(m_go, &QPushButton::clicked, this, &HttpsDialog::press);
    connect(m_off, &QPushButton::clicked, this,
            [this] { m_control.change([](Settings &settings) { settings.https.enabled = false; }); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&control, &StationControl::settingsApplied, this, &HttpsDialog::showSettings);
    connect(&control, &StationControl::statusChanged, this, &HttpsDialog::showStatus);
    connect(&control, &StationControl::settingsRejected, this,
            [this](const QList<SettingsProblem> &problems) {
                for (const SettingsProblem &problem : problems) {
                    if (problem.field != u"https.name"_s)
                        continue;
                    m_state->setText(said(problem.sentence));
                    theme::setTone(m_state, Tone::Critical);
                }
            });
    showSettings();
    keepReadable(*this, 76);
}

void HttpsDialog::addForm(QVBoxLayout &column)
{
    auto *card = new Card(tr("A certificate for the station"), this);
    column.addWidget(card);
    addPlainText(
        *card->body(), u"httpsWhy"_s,
        tr("With https, pages that are https themselves can play the station, and browsers do not warn. The "
           "certificate is free of charge, and is renewed by itself; nobody who listens is disconnected."));
    auto *line = new QHBoxLayout;
    auto *caption = new QLabel(tr("&Name or address"), card);
    m_name = new QLineEdit(card);
    m_name->setObjectName(u"httpsName"_s);
    m_name->setAccessibleName(tr("Name or address"));
    caption->setBuddy(m_name);
    line->addWidget(caption);
    line->addWidget(m_name, 1);
    card->body()->addLayout(line);
    QLabel *needs = addPlainText(
        *card->body(), u"httpsNeeds"_s,
        tr("Needed: the name leads to this computer (a dynamic name will do; the bare address works as "
           "well), "
           "and port 80 or 443 from outside leads to the listeners\u2019 port while the authority looks."));
    theme::setTone(needs, Tone::Neutral);
}

void HttpsDialog::addState(QVBoxLayout &column)
{
    auto *card = new Card(tr("How it stands"), this);
    column.addWidget(card);
    m_state = addPlainText(*card->body(), u"httpsState"_s);
    m_detail = addPlainText(*card->body(), u"httpsDetail"_s);
    m_more = addPlainText(*card->body(), u"httpsMore"_s);
    for (QLabel *label : {m_detail, m_more})
        theme::setTone(label, Tone::Neutral);
    m_progress = new QProgressBar(card);
    m_progress->setAccessibleName(tr("A certificate is on its way"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    card->body()->addWidget(m_progress);
}

// The same name again: what went wrong may have been mended.
void HttpsDialog::press()
{
    const QString name = m_name->text().trimmed().toLower();
    const Settings::Https &https = m_control.settings().https;
    if (https.enabled && https.name == name) {
        m_control.getCertificate();
        return;
    }
    m_control.change([name](Settings &settings) {
        settings.https.enabled = true;
        settings.https.name = name;
    });
}

void HttpsDialog::showSettings()
{
    const Settings &settings = m_control.settings();
    if (!m_name->isModified() || settings.https.enabled)
        m_name->setText(settings.https.name);
    const QString host = QUrl(m_control.lastStatus().addresses.publicPageUrl).host();
    m_name->setPlaceholderText(host.isEmpty() ? tr("for example radio.example.org") : host);
    showStatus();
}

void HttpsDialog::showStatus()
{
    const HttpsStatus &status = m_control.lastStatus().https;
    const bool isWanted = m_control.settings().https.enabled;
    const bool isWorking = status.state == HttpsStatus::State::Working;
    const HttpsWords words = httpsWords(status, isWanted);
    m_state->setText(words.state);
    theme::setTone(m_state, words.tone);
    m_detail->setText(tr("The authority says: %1").arg(status.detail));
    m_detail->setVisible(!status.detail.isEmpty());
    m_more->setText(words.more);
    m_more->setVisible(!words.more.isEmpty());
    m_progress->setVisible(isWorking);
    m_go->setText(!isWanted                                     ? tr("&Get a certificate")
                  : status.state == HttpsStatus::State::InForce ? tr("&Renew it now")
                                                                : tr("&Try again"));
    m_go->setEnabled(!isWorking);
    m_off->setEnabled(isWanted);
}

} // namespace cycast
