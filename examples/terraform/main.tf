# A user pool of Terraform, to which email one-time passwords are added. README.md says how to apply it.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "email_sender" {
  description = "The address that codes are sent from."
  type        = string
}

variable "template" {
  description = "The folder that npm run template has written with --pool existing."
  type        = string
  default     = "../../dist/template-existing"
}

variable "user_pool_arn" {
  description = "The ARN of the pool below, once it is there, so that the commands find it. The stack cannot wait for the pool, which needs the stack."
  type        = string
  default     = ""
}

# The functions' code, and the template, which is too long to be sent inline.

resource "aws_s3_bucket" "code" {
  bucket_prefix = "email-otp-code-"
}

# The functions before an update need their zips until it is done: without them it could not be rolled back.
resource "aws_s3_object" "zips" {
  for_each = fileset(var.template, "*.zip")

  bucket      = aws_s3_bucket.code.id
  key         = "email-otp/${each.value}"
  source      = "${var.template}/${each.value}"
  source_hash = filesha256("${var.template}/${each.value}")

  lifecycle {
    create_before_destroy = true
  }
}

# Another template has another name, so that the stack is updated.
resource "aws_s3_object" "template" {
  bucket = aws_s3_bucket.code.id
  key    = "email-otp/template-${filesha256("${var.template}/template.json")}.json"
  source = "${var.template}/template.json"

  lifecycle {
    create_before_destroy = true
  }
}

# The second factor. Every parameter is in docs/adopt/template-parameters.md.
resource "aws_cloudformation_stack" "email_otp" {
  name         = "email-otp"
  template_url = "https://${aws_s3_bucket.code.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  capabilities = ["CAPABILITY_IAM"]

  parameters = {
    CodeBucket  = aws_s3_bucket.code.id
    CodePrefix  = "email-otp/"
    EmailSender = var.email_sender
    # The auth_session_validity of the client below.
    SessionValidity = "15"
    UserPoolArn     = var.user_pool_arn
  }

  depends_on = [aws_s3_object.zips]
}

resource "aws_cognito_user_pool" "users" {
  name                     = "users"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE"

  username_configuration {
    case_sensitive = false
  }

  # A new address gets no codes before somebody has shown that they can read mail there.
  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  # The mailbox gets the codes, so it must not replace the password, too.
  account_recovery_setting {
    recovery_mechanism {
      name     = "admin_only"
      priority = 1
    }
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  lambda_config {
    define_auth_challenge          = aws_cloudformation_stack.email_otp.outputs["DefineAuthChallengeArn"]
    create_auth_challenge          = aws_cloudformation_stack.email_otp.outputs["CreateAuthChallengeArn"]
    verify_auth_challenge_response = aws_cloudformation_stack.email_otp.outputs["VerifyAuthChallengeArn"]
    pre_token_generation           = aws_cloudformation_stack.email_otp.outputs["GuardTokensArn"]
  }
}

# The pool may call the four functions. Any change of the stack replaces these permissions, because its outputs are not known
# before. The old ones stay until the new ones are there, so that users can sign in during the update; names that are made up let
# both stand side by side.
resource "aws_lambda_permission" "cognito" {
  for_each = toset([
    "DefineAuthChallengeArn",
    "CreateAuthChallengeArn",
    "VerifyAuthChallengeArn",
    "GuardTokensArn",
  ])

  statement_id_prefix = "cognito-"
  action              = "lambda:InvokeFunction"
  function_name       = aws_cloudformation_stack.email_otp.outputs[each.value]
  principal           = "cognito-idp.amazonaws.com"
  source_arn          = aws_cognito_user_pool.users.arn

  lifecycle {
    create_before_destroy = true
  }
}

# With any other flow, or with OAuth, the password alone would be enough.
resource "aws_cognito_user_pool_client" "web" {
  name                          = "web"
  user_pool_id                  = aws_cognito_user_pool.users.id
  explicit_auth_flows           = ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  auth_session_validity         = 15
  prevent_user_existence_errors = "ENABLED"
  write_attributes              = ["locale"]
}

output "user_pool_id" {
  value = aws_cognito_user_pool.users.id
}

output "user_pool_arn" {
  value = aws_cognito_user_pool.users.arn
}

output "user_pool_client_id" {
  value = aws_cognito_user_pool_client.web.id
}

output "dashboard" {
  value = aws_cloudformation_stack.email_otp.outputs["DashboardUrl"]
}
