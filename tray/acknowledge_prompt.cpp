#include "acknowledge_prompt.h"

#include "icons.h"
#include "prompt_heading.h"

#include <QDialogButtonBox>
#include <QIcon>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ssprotect::tray {
namespace {

QString questionFor(const app::AcknowledgementRequest& request) {
    const auto count = static_cast<int>(request.count);
    const bool one = count == 1;
    if (request.operation == "activate")
        return one ? AcknowledgePrompt::tr("Protect this file?")
                   : AcknowledgePrompt::tr("Protect these %n files?", nullptr, count);
    if (request.operation == "release")
        return one ? AcknowledgePrompt::tr("Take the protection off this file?")
                   : AcknowledgePrompt::tr("Take the protection off these %n files?", nullptr, count);
    if (request.operation == "set")
        return one ? AcknowledgePrompt::tr("Change this setting of your account?")
                   : AcknowledgePrompt::tr("Change these %n settings of your account?", nullptr, count);
    if (request.operation == "administer")
        return one ? AcknowledgePrompt::tr("Make this change?")
                   : AcknowledgePrompt::tr("Make these %n changes?", nullptr, count);
    return one ? AcknowledgePrompt::tr("Open this protected file?")
               : AcknowledgePrompt::tr("Open these %n protected files?", nullptr, count);
}

QWidget* namesOf(const app::AcknowledgementRequest& request, QWidget* parent) {
    auto* names = new QListWidget(parent);
    for (const auto& name : request.names)
        names->addItem(QString::fromStdString(name));
    if (request.count > request.names.size())
        names->addItem(
            AcknowledgePrompt::tr("… and %n more", nullptr, static_cast<int>(request.count - request.names.size())));
    names->setAccessibleName(request.operation == "set"          ? AcknowledgePrompt::tr("Settings")
                             : request.operation == "administer" ? AcknowledgePrompt::tr("Changes")
                                                                 : AcknowledgePrompt::tr("Files"));
    names->setSelectionMode(QAbstractItemView::NoSelection);
    names->setFocusPolicy(names->count() > 1 ? Qt::StrongFocus : Qt::NoFocus);
    const int rows = std::min(names->count(), 8);
    names->setFixedHeight(names->sizeHintForRow(0) * rows + 2 * names->frameWidth() + 4);
    names->setTextElideMode(Qt::ElideMiddle);
    names->setMinimumWidth(names->fontMetrics().averageCharWidth() * 50);
    return names;
}

} // namespace

AcknowledgePrompt::AcknowledgePrompt(const app::AcknowledgementRequest& request,
                                     std::function<void(app::Acknowledgement)> answer, QWidget* parent)
    : QDialog(parent), answer_(std::move(answer)), secondsLeft_(static_cast<int>(request.seconds.count())),
      time_(new QLabel(this)), bar_(new QProgressBar(this)) {
    setWindowTitle(tr("SSProtect asks"));
    setWindowFlag(Qt::WindowStaysOnTopHint);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowIcon(shieldIcon(Shield::loggedIn));

    bar_->setRange(0, std::max(1, secondsLeft_));
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    bar_->setAccessibleName(tr("Time left"));

    auto* buttons = new QDialogButtonBox(this);
    auto* allow = buttons->addButton(tr("&Allow"), QDialogButtonBox::AcceptRole);
    auto* deny = buttons->addButton(tr("&Deny"), QDialogButtonBox::RejectRole);
    allow->setObjectName("allow");
    deny->setObjectName("deny");
    allow->setAutoDefault(false);
    deny->setDefault(true);
    deny->setFocus();
    connect(allow, &QPushButton::clicked, this, [this] { finish(app::Acknowledgement::allowed); });
    connect(deny, &QPushButton::clicked, this, [this] { finish(app::Acknowledgement::denied); });
    connect(this, &QDialog::rejected, this, [this] { finish(app::Acknowledgement::denied); });

    auto* column = new QVBoxLayout(this);
    column->addLayout(promptHeading(questionFor(request), this));
    column->addWidget(namesOf(request, this));
    column->addWidget(time_);
    column->addWidget(bar_);
    column->addWidget(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);

    showTime();
    connect(&timer_, &QTimer::timeout, this, &AcknowledgePrompt::tick);
    timer_.start(std::chrono::seconds(1));
}

AcknowledgePrompt::~AcknowledgePrompt() {
    if (answer_)
        answer_(app::Acknowledgement::denied);
}

void AcknowledgePrompt::tick() {
    if (--secondsLeft_ <= 0)
        return finish(app::Acknowledgement::timedOut);
    showTime();
}

void AcknowledgePrompt::finish(app::Acknowledgement given) {
    timer_.stop();
    if (auto answer = std::exchange(answer_, nullptr))
        answer(given);
    close();
}

void AcknowledgePrompt::showTime() {
    time_->setText(tr("Without an answer it is denied in %1 s.").arg(secondsLeft_));
    bar_->setValue(secondsLeft_);
}

} // namespace ssprotect::tray
