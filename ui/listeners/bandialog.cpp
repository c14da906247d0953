// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/bandialog.h"

#include "ui/listeners/bans.h"
#include "ui/look/humanize.h"
#include "ui/look/readablesize.h"
#include "ui/look/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{
constexpr int hourSeconds = 3600;
constexpr int keepEnd = -1; ///< a ban that is edited keeps its end
} // namespace

BanDialog::BanDialog(const Ban &ban, Preview preview, QWidget *parent)
    : QDialog(parent)
    , m_initial(ban)
    , m_preview(std::move(preview))
    , m_address(new QLineEdit(ban.address, this))
    , m_player(new QLineEdit(ban.player, this))
    , m_duration(new QComboBox(this))
    , m_note(new QLineEdit(ban.note, this))
    , m_hits(new QLabel(this))
{
    setObjectName(u"banDialog"_s);
    setWindowTitle(tr("Ban listeners"));
    m_address->setObjectName(u"banAddress"_s);
    m_address->setPlaceholderText(tr("192.0.2.7, or 192.0.2.0/24; empty: everywhere"));
    m_player->setObjectName(u"banPlayer"_s);
    m_player->setPlaceholderText(tr("part of the player's name; empty: every player"));
    m_duration->setObjectName(u"banDuration"_s);
    if (ban.until.isValid())
        m_duration->addItem(bans::howLong(ban), keepEnd);
    m_duration->addItem(tr("for an hour"), hourSeconds);
    m_duration->addItem(tr("for a day"), 24 * hourSeconds);
    m_duration->addItem(tr("for a week"), 7 * 24 * hourSeconds);
    m_duration->addItem(tr("for good"), 0);
    m_hits->setObjectName(u"banHits"_s);
    m_hits->setTextFormat(Qt::PlainText);
    m_hits->setWordWrap(true);
    auto *form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Address or subnet"), m_address);
    form->addRow(tr("&Player"), m_player);
    form->addRow(tr("&How long"), m_duration);
    form->addRow(tr("&Note for you"), m_note);
    form->addRow(m_hits);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_apply = buttons->addButton(tr("Ban"), QDialogButtonBox::AcceptRole);
    m_apply->setDefault(true);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_address, &QLineEdit::textChanged, this, &BanDialog::check);
    connect(m_player, &QLineEdit::textChanged, this, &BanDialog::check);
    keepReadable(*this, 72);
    check();
}

Ban BanDialog::ban() const
{
    Ban ban;
    ban.address = m_address->text().trimmed();
    ban.player = m_player->text().trimmed();
    ban.note = m_note->text().trimmed();
    const int seconds = m_duration->currentData().toInt();
    if (seconds == keepEnd)
        ban.until = m_initial.until;
    else if (seconds > 0)
        ban.until = QDateTime::currentDateTime().addSecs(seconds);
    return ban;
}

void BanDialog::check()
{
    const Ban wanted = ban();
    const QString problem = bans::addressProblem(wanted.address);
    const bool isEmpty = bans::isEmpty(wanted);
    m_apply->setEnabled(problem.isEmpty() && !isEmpty);
    theme::setTone(m_hits, problem.isEmpty() ? Tone::Neutral : Tone::Critical);
    if (!problem.isEmpty()) {
        m_hits->setText(problem);
    } else if (isEmpty) {
        m_hits->setText(tr("Give an address or a player: a ban without both would keep everybody out."));
    } else {
        const int hits = m_preview(wanted);
        m_hits->setText(hits == 0 ? tr("Hits nobody of those who listen now.")
                                  : tr("Ends the connection of %1 at once.").arg(humanize::listeners(hits)));
        theme::setTone(m_hits, hits > 0 ? Tone::Warning : Tone::Neutral);
    }
}

} // namespace cycast
