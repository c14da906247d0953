// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/leavequestions.h"

#include "ui/look/humanize.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace cycast::leavequestions
{

namespace
{

/// Texts of the questions, marked for the translators.
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(LeaveQuestions)
};

void ask(QWidget *parent, const QString &name, const QString &title, const QString &text,
         const QString &yesText, std::function<void()> yes)
{
    auto *box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::Cancel, parent);
    box->setObjectName(name);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *button = box->addButton(yesText, QMessageBox::AcceptRole);
    QObject::connect(button, &QPushButton::clicked, parent, std::move(yes));
    box->open();
}

} // namespace

void askOffAir(QWidget *parent, int listeners, std::function<void()> yes)
{
    ask(parent, u"offAirQuestion"_s, Texts::tr("Go off air?"),
        listeners == 1
            ? Texts::tr("1 person is listening and will be disconnected.")
            : Texts::tr("%1 people are listening and will be disconnected.").arg(humanize::number(listeners)),
        Texts::tr("Go off air"), std::move(yes));
}

void askQuit(QWidget *parent, int listeners, std::function<void()> yes)
{
    if (parent->findChild<QMessageBox *>(u"closeQuestion"_s) != nullptr)
        return;
    ask(parent, u"closeQuestion"_s, Texts::tr("Quit and go off air?"),
        listeners == 0 ? Texts::tr("The station is on the air. Quitting ends the broadcast.")
                       : Texts::tr("The station is on the air, and %1 will be disconnected.")
                             .arg(humanize::listeners(listeners)),
        Texts::tr("Quit"), std::move(yes));
}

} // namespace cycast::leavequestions
